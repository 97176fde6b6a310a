package dev.warren.selftest.run;

import dev.warren.selftest.plan.TestenvChoice.Side;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The variables that a command finds when it runs against a testenv. */
final class SuiteEnvironment {
  /** The name of the file in a testenv's folder that configures Samba's clients. */
  private static final String CLIENT_CONF = "client.conf";

  private SuiteEnvironment() {}

  /**
   * What a testenv gives suites.
   *
   * @param testenv its name
   * @param variables its exports
   */
  record Exported(String testenv, Map<String, String> variables) {}

  /**
   * The variables: the catalogue's, over them the testenv's exports, over them what belongs to this
   * one command, in the names of Samba's selftest. A variable that a testenv does not export is not
   * there, wherever else it may be known.
   *
   * @param common the catalogue's
   * @param testenv empty when the command needs none
   * @param folder the command's own folder
   * @param paths where things stand in the lab
   */
  static Map<String, String> of(
      CommonVariables common, Optional<Exported> testenv, Side side, Path folder, LabPaths paths) {
    Map<String, String> environment = new LinkedHashMap<>(common.all());
    if (testenv.isPresent()) {
      environment.putAll(testenv.get().variables());
      configuration(testenv.get(), side, paths)
          .ifPresent(file -> environment.put("SMB_CONF_PATH", file));
    } else {
      environment.putAll(common.none());
    }
    environment.put("KRB5CCNAME", "FILE:" + folder.resolve("krb5cc"));
    environment.put("SELFTEST_PREFIX", paths.prefix().toString());
    environment.put("SELFTEST_TMPDIR", folder.toString());
    environment.put("TMPDIR", folder.toString());
    environment.put("TEST_DATA_PREFIX", folder.toString());
    // No single tests are picked, and the tests are run, not listed.
    environment.put("LOADLIST", "");
    environment.put("LISTOPT", "");
    return environment;
  }

  /** What Samba's programs are configured by; nothing in a host whose server has no file. */
  private static Optional<String> configuration(Exported testenv, Side side, LabPaths paths) {
    return switch (side) {
      case CLIENT -> Optional.of(paths.envdir(testenv.testenv()).resolve(CLIENT_CONF).toString());
      case LOCAL -> Optional.ofNullable(testenv.variables().get("SERVERCONFFILE"));
    };
  }
}
