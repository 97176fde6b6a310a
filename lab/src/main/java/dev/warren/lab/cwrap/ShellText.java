package dev.warren.lab.cwrap;

import java.util.Map;
import java.util.stream.Collectors;

/** Words of a POSIX shell (Shell Command Language, 2.2.2). */
final class ShellText {
  private ShellText() {}

  static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /** A command for each variable, in their order. */
  static String exports(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(one -> "export " + one.getKey() + "=" + quoted(one.getValue()) + "\n")
        .collect(Collectors.joining());
  }
}
