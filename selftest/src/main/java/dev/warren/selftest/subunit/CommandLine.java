package dev.warren.selftest.subunit;

import java.util.Optional;

/**
 * A line of two words or more, which may be a command of the stream. White space is what Python
 * takes for it, so that names are those that Samba's scripts see.
 *
 * @param command the first word, less the colons at its end
 * @param rest what follows the white space behind that word, to the end of the line
 */
record CommandLine(String command, String rest) {
  private static final String MULTIPART = " multipart";
  private static final String OPENING = " [";

  /** The words of a line; empty when it has fewer than two or begins with white space. */
  static Optional<CommandLine> split(String line) {
    int end = 0;
    while (end < line.length() && !isSpace(line.charAt(end))) {
      end++;
    }
    int argument = end;
    while (argument < line.length() && isSpace(line.charAt(argument))) {
      argument++;
    }
    if (end == 0 || argument == line.length()) {
      return Optional.empty();
    }
    int word = end;
    while (word > 0 && line.charAt(word - 1) == ':') {
      word--;
    }
    return Optional.of(new CommandLine(line.substring(0, word), line.substring(argument)));
  }

  /** The rest of the line without white space at its end. */
  String argument() {
    int end = rest.length();
    while (end > 0 && isSpace(rest.charAt(end - 1))) {
      end--;
    }
    return rest.substring(0, end);
  }

  /** Whether the lines that follow a result are its reason. */
  boolean opensReason() {
    return beforeBlanks().endsWith(OPENING);
  }

  /**
   * The name in a result: the rest of the line without the bracket that opens a reason, the word
   * {@code multipart}, and blanks and tabs at the end; of other white space it is not freed.
   */
  String resultName() {
    String name = beforeBlanks();
    return opensReason() ? name.substring(0, name.length() - OPENING.length()) : name;
  }

  private String beforeBlanks() {
    int end = rest.length() - (rest.endsWith(MULTIPART) ? MULTIPART.length() : 0);
    while (end > 0 && (rest.charAt(end - 1) == ' ' || rest.charAt(end - 1) == '\t')) {
      end--;
    }
    return rest.substring(0, end);
  }

  /** What {@code str.isspace} of Python says of one character. */
  static boolean isSpace(char c) {
    return switch (c) {
      case '\u0085', '\u00a0', '\u2007', '\u202f' -> true;
      // Java's own leaves out those that do not break a line.
      default -> Character.isWhitespace(c);
    };
  }
}
