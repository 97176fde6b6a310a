package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher says in shell, before there is a JVM, what the doctor says: they must not come to
 * say different things. The launcher's functions look at a made-up machine here.
 */
class LauncherRemediesTest {
  private static final Path LAUNCHER = Path.of("..", "cli", "src", "main", "sh", "java.sh");

  private static final int FLAGS = Pattern.MULTILINE | Pattern.DOTALL;

  private static final Pattern FUNCTIONS =
      Pattern.compile("^(is_set_to|is_filtered|find_refusal)\\(\\) \\{.*?^\\}$", FLAGS);

  private static final String EPERM = "unshare: unshare failed: Operation not permitted";

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "/proc/sys/user/max_user_namespaces, 0",
    "/proc/sys/kernel/unprivileged_userns_clone, 0",
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns, 1",
    "/proc/self/status, 'Seccomp:\t2'",
    "/proc/self/status, 'Seccomp:\t0'",
  })
  void theDoctorHasTheLaunchersRemedies(String file, String text) throws Exception {
    MadeUpMachine made =
        new MadeUpMachine(root).with("/proc/self/status", "Seccomp:\t0").with(file, text);

    assertSame(made.machine(), EPERM);
  }

  @Test
  void alsoForAnExhaustedLimit() throws Exception {
    assertSame(
        new MadeUpMachine(root).with("/proc/self/status", "Seccomp:\t0").machine(),
        "unshare: unshare failed: No space left on device");
  }

  /** As in the test's own user namespace, or as root. */
  @Test
  void alsoForRootWithoutItsPowers() throws Exception {
    String words = "unshare: write failed /proc/self/uid_map: Operation not permitted";
    assertSame(
        new MadeUpMachine(root)
            .with("/proc/self/status", "Uid:\t0\t0\t0\t0\nSeccomp:\t2")
            .machine(),
        words);
    assertThat(launcher(words).getFirst()).contains("CAP_SETFCAP");
  }

  private void assertSame(Machine machine, String words) throws Exception {
    List<String> said = launcher(words);
    Finding doctors = Refusal.of(machine, Kernel.real(), words).finding("user namespace");

    assertThat(said).hasSize(2);
    String remedy = said.get(1).replaceFirst("^as root: ", "");
    for (String part : remedy.split("(; |, )or ", -1)) {
      assertThat(doctors.remedy().orElseThrow()).as(said.getFirst()).contains(part);
    }
  }

  /** The refusal and the remedy. */
  private List<String> launcher(String words) throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder();
    Matcher functions = FUNCTIONS.matcher(Files.readString(LAUNCHER));
    while (functions.find()) {
      script.append(functions.group().replace("/proc/", root + "/proc/")).append('\n');
    }
    script.append("find_refusal\nprintf '%s\\n' \"$refusal\" \"$remedy\"\n");
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-c", script.toString()).redirectErrorStream(true);
    shell.environment().putAll(Map.of("why", words));
    Process process = shell.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.lines().toList();
  }
}
