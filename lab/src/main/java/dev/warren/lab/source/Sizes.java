package dev.warren.lab.source;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as people write them in files. */
public final class Sizes {

  // Nine digits of GiB still fit a long of bytes.
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB|kB|MB|GB)");

  private Sizes() {}

  /** Reads {@code 4096B}, {@code 64MiB}, {@code 1GB}: bytes; empty for anything else. */
  public static OptionalLong parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long unit =
        switch (matcher.group(2)) {
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          case "kB" -> 1_000L;
          case "MB" -> 1_000_000L;
          case "GB" -> 1_000_000_000L;
          default -> 1L;
        };
    return OptionalLong.of(Long.parseLong(matcher.group(1)) * unit);
  }
}
