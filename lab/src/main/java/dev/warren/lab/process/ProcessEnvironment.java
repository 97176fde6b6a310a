package dev.warren.lab.process;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The variables of a process.
 *
 * @param variables all of them, or those besides the usual ones
 * @param usual whether it also gets {@link #DEFAULT} and what its user has
 */
public record ProcessEnvironment(Map<String, String> variables, boolean usual) {
  /** What a command finds in its environment unless told otherwise. */
  public static final Map<String, String> DEFAULT =
      Map.of(
          "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
          "HOME", "/root",
          "LANG", "C.UTF-8");

  /** Copies. */
  public ProcessEnvironment {
    variables = Map.copyOf(variables);
  }

  ProcessEnvironment with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(variables);
    all.putAll(more);
    return new ProcessEnvironment(all, usual);
  }

  /**
   * All variables that it gets.
   *
   * @param ofUser what its user has, as HOME
   */
  public Map<String, String> of(Optional<Map<String, String>> ofUser) {
    Map<String, String> all = new HashMap<>();
    if (usual) {
      all.putAll(DEFAULT);
      ofUser.ifPresent(all::putAll);
    }
    all.putAll(variables);
    return all;
  }
}
