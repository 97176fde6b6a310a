package dev.warren.selftest.run;

import dev.warren.lab.Host;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A testenv that is ready.
 *
 * @param definition what it was made from
 * @param host its host
 * @param exports the variables that suites see
 * @param services what it keeps running
 */
record RunningTestenv(
    TestenvDefinition definition,
    Host host,
    Map<String, String> exports,
    List<RunningService> services) {

  String name() {
    return definition.name();
  }

  /** What it gives suites. */
  SuiteEnvironment.Exported exported() {
    return new SuiteEnvironment.Exported(name(), exports);
  }

  /** A service that died, if one did. */
  Optional<RunningService> dead() {
    return services.stream().filter(service -> !service.isAlive()).findFirst();
  }
}
