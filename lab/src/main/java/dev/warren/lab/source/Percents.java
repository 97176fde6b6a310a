package dev.warren.lab.source;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shares of a hundred, as people write them: {@code 0.5%}. */
public final class Percents {

  private static final Pattern FORM = Pattern.compile("((?:[0-9]{1,2}|100)(?:\\.[0-9]{1,6})?)%");

  private Percents() {}

  /** Reads {@code 1%} or {@code 0.05%}: 0 to 100, six digits behind the point. */
  public static OptionalDouble parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return OptionalDouble.empty();
    }
    double percent = Double.parseDouble(matcher.group(1));
    return percent <= 100 ? OptionalDouble.of(percent) : OptionalDouble.empty();
  }

  /** {@code 0.5%}. */
  public static String text(double percent) {
    return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + "%";
  }
}
