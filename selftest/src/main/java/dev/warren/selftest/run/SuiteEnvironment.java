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
   * The variables: the catalogue's, over them the testenv's exports, over them what belongs to this
   * one command, in the names of Samba's selftest.
   *
   * @param common the catalogue's
   * @param testenv empty when the command needs none
   * @param folder the command's own folder
   */
  static Map<String, String> of(
      Map<String, String> common, Optional<RunningTestenv> testenv, Side side, Path folder) {
    Map<String, String> environment = new LinkedHashMap<>(common);
    testenv.ifPresent(
        running -> {
          environment.putAll(running.exports());
          environment.put("SMB_CONF_PATH", configuration(running, side));
        });
    environment.put("KRB5CCNAME", "FILE:" + folder.resolve("krb5cc"));
    environment.put("SELFTEST_PREFIX", LabPaths.PREFIX.toString());
    environment.put("SELFTEST_TMPDIR", folder.toString());
    environment.put("TMPDIR", folder.toString());
    environment.put("TEST_DATA_PREFIX", folder.toString());
    // No single tests are picked, and the tests are run, not listed.
    environment.put("LOADLIST", "");
    environment.put("LISTOPT", "");
    return environment;
  }

  private static String configuration(RunningTestenv running, Side side) {
    String client = LabPaths.envdir(running.name()).resolve(CLIENT_CONF).toString();
    return switch (side) {
      case CLIENT -> client;
      case LOCAL -> running.exports().getOrDefault("SERVERCONFFILE", client);
    };
  }
}
