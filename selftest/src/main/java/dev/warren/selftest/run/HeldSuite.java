package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.selftest.plan.Suite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A suite that failed, in its lab, for somebody to look at. */
final class HeldSuite {
  /** So that a shell has what the suite had, and nothing of its own caller's but the terminal. */
  private static final String NOTHING_ELSE =
      """
      for name in $(awk 'BEGIN { for (name in ENVIRON) print name }'); do
        case $name in
          TERM | PWD | OLDPWD | SHLVL | _) ;;
          *) unset "$name" 2>/dev/null || : ;;
        esac
      done
      unset name
      """;

  private final TestLab lab;
  private final Suite suite;
  private final Host host;
  private final Map<String, String> environment;

  /**
   * @param host where the suite ran, or would have
   * @param environment what it found there
   */
  HeldSuite(TestLab lab, Suite suite, Host host, Map<String, String> environment) {
    this.lab = lab;
    this.suite = suite;
    this.host = host;
    this.environment = environment;
  }

  /** Keeps it as long as somebody wants. */
  void keep(Hold hold) throws IOException, InterruptedException {
    try {
      Map<String, String> all = new LinkedHashMap<>(Scripts.BASE_ENVIRONMENT);
      all.putAll(environment);
      Path variables = lab.paths().prefix().resolve("hold.env");
      new LabFiles(lab.client()).write(variables, 0644, NOTHING_ELSE + script(all));
      hold.keep(new Hold.HeldLab(lab.name(), suite.name(), hosts(), variables));
    } finally {
      hold.release();
    }
  }

  private List<String> hosts() {
    Set<String> hosts = new LinkedHashSet<>(List.of(host.name()));
    if (!suite.testenv().isNone()) {
      lab.definitions(suite.testenv().testenv())
          .forEach(testenv -> hosts.add(testenv.host().name()));
    }
    hosts.add(lab.client().name());
    return new ArrayList<>(hosts);
  }

  /** In quotes, whatever is in a value. */
  private static String script(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(
            variable ->
                "export %s='%s'\n"
                    .formatted(variable.getKey(), variable.getValue().replace("'", "'\\''")))
        .collect(Collectors.joining());
  }
}
