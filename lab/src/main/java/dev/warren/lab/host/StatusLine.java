package dev.warren.lab.host;

import java.util.Optional;

/** The first line of a web server's answer, RFC 9112, 4: {@code HTTP/1.1 200 OK}. */
public final class StatusLine {
  private StatusLine() {}

  /** Why it is not the answer that is wanted; empty when it is. */
  public static Optional<String> unmet(String line, int wanted) {
    String[] words = line.strip().split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/")) {
      return Optional.of("no HTTP answer");
    }
    return words[1].equals(Integer.toString(wanted))
        ? Optional.empty()
        : Optional.of("HTTP " + words[1] + ", not " + wanted);
  }
}
