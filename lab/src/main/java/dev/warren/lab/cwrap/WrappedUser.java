package dev.warren.lab.cwrap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A user as uid_wrapper pretends it: to the program itself and to what it forks.
 *
 * @param groups its groups' ids, the primary one first
 */
record WrappedUser(String name, String uid, List<String> groups, String home, String shell) {
  /**
   * A user out of a line of passwd(5); empty for any other line.
   *
   * @param group what group(5) holds
   */
  static Optional<WrappedUser> parse(String line, String group) {
    String[] fields = line.split(":", -1);
    if (fields.length != 7 || !fields[2].matches("[0-9]+") || !fields[3].matches("[0-9]+")) {
      return Optional.empty();
    }
    if (!fields[0].matches("[A-Za-z0-9_][A-Za-z0-9_.$-]*")) {
      return Optional.empty(); // no name of a file
    }
    List<String> groups = new ArrayList<>();
    groups.add(fields[3]);
    for (String one : group.lines().toList()) {
      String[] parts = one.split(":", -1);
      if (parts.length == 4
          && List.of(parts[3].split(",", -1)).contains(fields[0])
          && !groups.contains(parts[2])) {
        groups.add(parts[2]);
      }
    }
    return Optional.of(
        new WrappedUser(
            fields[0], fields[2], groups, fields[5], fields[6].isEmpty() ? "/bin/sh" : fields[6]));
  }

  /** What a login gives it. */
  Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("HOME", home);
    variables.put("USER", name);
    variables.put("LOGNAME", name);
    variables.put("SHELL", shell);
    return variables;
  }

  /** The shell commands that make it the user of the program that is started next. */
  String commands() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String kind : List.of("R", "E", "S")) {
      variables.put("UID_WRAPPER_INITIAL_" + kind + "UID", uid);
      variables.put("UID_WRAPPER_INITIAL_" + kind + "GID", groups.getFirst());
    }
    variables.put("UID_WRAPPER_INITIAL_GROUPS_COUNT", Integer.toString(groups.size()));
    variables.put("UID_WRAPPER_INITIAL_GROUPS", groups.stream().collect(Collectors.joining(",")));
    // What they lose over vfork(2) are these: better the caller's own ids then than root's.
    return ShellText.exports(variables) + "unset UID_WRAPPER_ROOT\n";
  }
}
