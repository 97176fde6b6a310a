package dev.warren.lab.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.testing.OtherJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A place where few namespaces may be: a user namespace with limits of its own. One that nobody
 * holds, and that is there all the same, counts too.
 */
final class FewNamespaces {
  /** Of each kind: some times what a lab has. */
  private static final int LIMIT = 60;

  private static final String SET_LIMITS =
      """
      for kind in net mnt ipc uts pid user; do
        echo %d >/proc/sys/user/max_${kind}_namespaces || exit
      done
      exec "$@"
      """
          .formatted(LIMIT);

  private FewNamespaces() {}

  /** Runs a class of the tests there and prints what it says; it must end well. */
  static String run(Class<?> main, Object... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("unshare", "--user", "--map-root-user", "--mount", "--"));
    command.addAll(List.of("/bin/sh", "-c", SET_LIMITS, "sh"));
    command.addAll(OtherJvm.command(main, arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = read(process);
      assertThat(process.waitFor()).as(said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  private static String read(Process process) throws IOException {
    StringBuilder said = new StringBuilder();
    process
        .inputReader(UTF_8)
        .lines()
        .forEach(
            line -> {
              System.out.println(line);
              said.append(line).append('\n');
            });
    return said.toString();
  }
}
