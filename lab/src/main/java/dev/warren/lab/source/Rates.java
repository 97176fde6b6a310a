package dev.warren.lab.source;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many bits a second, as people write it: {@code 10Mbit/s}. */
public final class Rates {

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)(|k|M|G)bit/s");

  private Rates() {}

  /** Reads {@code 64kbit/s}, {@code 1.5Mbit/s}, {@code 1Gbit/s}, {@code 9600bit/s}. */
  public static OptionalLong parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    int exponent =
        switch (matcher.group(2)) {
          case "k" -> 3;
          case "M" -> 6;
          case "G" -> 9;
          default -> 0;
        };
    return OptionalLong.of(
        new BigDecimal(matcher.group(1)).scaleByPowerOfTen(exponent).longValue());
  }

  /** The shortest text that {@link #parse} reads as this many bits a second. */
  public static String text(long bits) {
    return Optional.of(bits)
        .filter(b -> b >= 1000)
        .map(
            b -> {
              int exponent = b >= 1_000_000_000 ? 9 : b >= 1_000_000 ? 6 : 3;
              BigDecimal scaled =
                  BigDecimal.valueOf(b).scaleByPowerOfTen(-exponent).stripTrailingZeros();
              return scaled.scale() > 3
                  ? b + "bit/s"
                  : scaled.toPlainString() + " kMG".charAt(exponent / 3) + "bit/s";
            })
        .orElse(bits + "bit/s");
  }
}
