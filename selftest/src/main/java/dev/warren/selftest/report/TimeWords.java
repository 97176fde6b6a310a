package dev.warren.selftest.report;

import java.time.Duration;

/** Times as Samba's selftest writes them. */
public final class TimeWords {
  private TimeWords() {}

  /** Hours, minutes and seconds, without the leading ones that are 0: {@code 1h2m3s}. */
  public static String clock(Duration time) {
    StringBuilder text = new StringBuilder();
    if (time.toHours() > 0) {
      text.append(time.toHours()).append('h');
    }
    if (time.toMinutes() > 0) {
      text.append(time.toMinutesPart()).append('m');
    }
    return text.append(time.toSecondsPart()).append('s').toString();
  }
}
