package dev.warren.selftest.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the words of a simple shell command in one pass. */
final class ShellWordParser {
  /** Outside of quotes these mean more to the shell than a character of a word. */
  private static final String SPECIAL = "|&;<>()`*?[]{}~!\n";

  private final String text;
  private final List<ShellWord> words = new ArrayList<>();
  private final List<ShellWord.Part> parts = new ArrayList<>();
  private final StringBuilder literal = new StringBuilder();
  private boolean inWord;
  private int at;

  ShellWordParser(String text) {
    this.text = text;
  }

  Optional<List<ShellWord>> parse() {
    while (at < text.length()) {
      if (!step(text.charAt(at))) {
        return Optional.empty();
      }
    }
    endWord();
    return Optional.of(words);
  }

  /** Reads on from one unquoted character; false when this is no simple command. */
  private boolean step(char c) {
    if (c == ' ' || c == '\t') {
      at++;
      endWord();
      return true;
    }
    if (SPECIAL.indexOf(c) >= 0 || (c == '#' && !inWord)) {
      return false;
    }
    inWord = true;
    return switch (c) {
      case '\'' -> singleQuoted();
      case '"' -> doubleQuoted();
      case '$' -> variable();
      case '\\' -> escaped();
      default -> {
        literal.append(c);
        at++;
        yield true;
      }
    };
  }

  private boolean escaped() {
    if (at + 1 == text.length()) {
      return false;
    }
    literal.append(text.charAt(at + 1));
    at += 2;
    return true;
  }

  private boolean singleQuoted() {
    int end = text.indexOf('\'', at + 1);
    if (end < 0) {
      return false;
    }
    literal.append(text, at + 1, end);
    at = end + 1;
    return true;
  }

  private boolean doubleQuoted() {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return true;
      }
      if (c == '`' || (c == '$' && !variable())) {
        return false;
      }
      if (c == '\\') {
        backslashInQuotes();
      } else if (c != '$') {
        literal.append(c);
        at++;
      }
    }
    return false;
  }

  /** Between double quotes a backslash stays, unless it guards a character that has a meaning. */
  private void backslashInQuotes() {
    boolean guards = at + 1 < text.length() && "$`\"\\".indexOf(text.charAt(at + 1)) >= 0;
    if (guards) {
      literal.append(text.charAt(at + 1));
      at += 2;
    } else {
      literal.append('\\');
      at++;
    }
  }

  /** Reads on from a dollar sign; false when it is neither a variable nor just a character. */
  private boolean variable() {
    if (at + 1 < text.length() && text.charAt(at + 1) == '{') {
      int end = nameEnd(at + 2);
      if (end == at + 2 || end == text.length() || text.charAt(end) != '}') {
        return false;
      }
      addVariable(text.substring(at + 2, end));
      at = end + 1;
      return true;
    }
    int end = nameEnd(at + 1);
    if (end > at + 1) {
      addVariable(text.substring(at + 1, end));
      at = end;
      return true;
    }
    boolean parameter = end < text.length() && "(#?$!@*-0123456789".indexOf(text.charAt(end)) >= 0;
    if (!parameter) {
      literal.append('$');
      at++;
    }
    return !parameter;
  }

  private int nameEnd(int start) {
    int end = start;
    while (end < text.length() && isNameCharacter(text.charAt(end), end > start)) {
      end++;
    }
    return end;
  }

  private static boolean isNameCharacter(char c, boolean digitsToo) {
    return c == '_'
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (digitsToo && c >= '0' && c <= '9');
  }

  private void addVariable(String name) {
    endLiteral();
    parts.add(new ShellWord.Variable(name));
  }

  private void endLiteral() {
    if (!literal.isEmpty()) {
      parts.add(new ShellWord.Literal(literal.toString()));
      literal.setLength(0);
    }
  }

  private void endWord() {
    endLiteral();
    if (inWord) {
      words.add(new ShellWord(parts));
      parts.clear();
      inWord = false;
    }
  }
}
