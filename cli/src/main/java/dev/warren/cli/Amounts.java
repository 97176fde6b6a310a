package dev.warren.cli;

import java.util.Locale;

/** Amounts as people read them. */
final class Amounts {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
  private static final int THOUSAND = 1000;
  private static final int TEN = 10;

  private Amounts() {}

  /** Bytes with a unit: {@code 512 B}, {@code 1.4 MB}. */
  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= THOUSAND && unit < UNITS.length - 1) {
      value /= THOUSAND;
      unit++;
    }
    String form = unit == 0 || value >= TEN ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, form, value, UNITS[unit]);
  }

  /** Processor time: {@code 0:01.50}, minutes, seconds and hundredths. */
  static String time(long millis) {
    return String.format(
        Locale.ROOT,
        "%d:%02d.%02d",
        millis / 60_000,
        millis / THOUSAND % 60,
        millis % THOUSAND / TEN);
  }
}
