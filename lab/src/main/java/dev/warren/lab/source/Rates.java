package dev.warren.lab.source;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many bits a second, as people write it: {@code 10Mbit/s}. */
public final class Rates {

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9})bit/s|([0-9]{1,9}(?:\\.[0-9]{1,3})?)(k|M|G)bit/s");

  /** As many digits as are read. */
  private static final long LONGEST = 999_999_999;

  private Rates() {}

  /** Reads {@code 64kbit/s}, {@code 1.5Mbit/s}, {@code 1Gbit/s}, {@code 9600bit/s}. */
  public static OptionalLong parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    if (matcher.group(1) != null) {
      return OptionalLong.of(Long.parseLong(matcher.group(1)));
    }
    int exponent =
        switch (matcher.group(3)) {
          case "k" -> 3;
          case "M" -> 6;
          default -> 9;
        };
    return OptionalLong.of(
        new BigDecimal(matcher.group(2)).scaleByPowerOfTen(exponent).longValueExact());
  }

  /** The shortest text that {@link #parse} reads as this many bits a second. */
  public static String text(long bits) {
    int most = bits >= 1_000_000_000 ? 9 : bits >= 1_000_000 ? 6 : 3;
    String plain = bits + "bit/s";
    if (bits < 1000) {
      return plain;
    }
    for (int exponent = most; exponent > 0; exponent -= 3) {
      BigDecimal scaled =
          BigDecimal.valueOf(bits).scaleByPowerOfTen(-exponent).stripTrailingZeros();
      if (scaled.scale() <= 3) {
        return scaled.toPlainString() + " kMG".charAt(exponent / 3) + "bit/s";
      }
      if (bits <= LONGEST) {
        return plain;
      }
    }
    return plain;
  }
}
