package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.cli.Checkout.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher starts Java, with something else in Java's place. */
@Timeout(60)
class LauncherTest {
  /** Says what it was started with, to the launcher where that listens. */
  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in *-Dwarren.ready=3*) exec >&3 ;; esac
      umask
      printf '%s\\n' "$@" '@exit 0'
      """;

  @TempDir private Path folder;
  private Checkout warren;

  @BeforeEach
  void make() throws IOException {
    warren = Checkout.make(Files.createDirectory(folder.resolve("home")));
    Path built = Files.createDirectories(folder.resolve("home/target/launcher/current"));
    Files.createFile(built.resolve("stamp"));
    Files.createDirectory(built.resolve("lib"));
    Path jdk = Files.createDirectory(folder.resolve("jdk"));
    Path programs = Files.createDirectory(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
    for (String program : List.of("java", "javac")) {
      Path file = Files.writeString(programs.resolve(program), JAVA);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void whatJavaMakesForHostsCanBeReadThereWhateverTheUmask() throws Exception {
    assertThat(start("umask 077; " + warren.line("ls")).text()).startsWith("0022\n");
  }

  @Test
  void theLogOfAStartTellsWhoWaitsForIt() throws Exception {
    assertThat(start(warren.line("up", "--detach", "x.yaml")).text())
        .containsPattern(
            "(?m)^-Dwarren.log=" + warren.runtime() + "/[.]starting[.][0-9]+[.][A-Za-z0-9]+$");
  }

  @Test
  void aDetachedStartWritesNothingToAFolderThatIsNotTheCallers() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.createSymbolicLink(warren.runtime(), other);

    Result result = start(warren.line("up", "--detach", "x.yaml"));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.text()).contains("is not yours").hasLineCount(1);
  }

  /** In a user namespace that may have none inside, without the powers that make them needless. */
  @Test
  void tellsFirstWhatRefusesNamespacesAndThenWhatHelps() throws Exception {
    Result result = startWithoutNamespaces("up", "--isolation=namespaces", "x.yaml");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.text().lines())
        .containsExactly(
            "warren: the limit of user namespaces is 0 (user.max_user_namespaces), so there are no labs here",
            "warren: as root: sysctl user.max_user_namespaces=15000; `warren doctor` has more");
  }

  @Test
  void leavesItToTheCommandLineWhatToDoWithoutNamespaces() throws Exception {
    Result result = startWithoutNamespaces("up", "x.yaml");

    assertThat(result.code()).isZero();
    assertThat(result.text().lines())
        .contains(
            "-Dwarren.refusal=the limit of user namespaces is 0 (user.max_user_namespaces)",
            "-Dwarren.remedy=as root: sysctl user.max_user_namespaces=15000",
            "-Dwarren.usernamespace=");
  }

  @Test
  void asksForNoNamespacesWhereCwrapIsWanted() throws Exception {
    assertThat(startWithoutNamespaces("up", "--isolation", "cwrap", "x.yaml").text().lines())
        .contains("-Dwarren.refusal=", "-Dwarren.usernamespace=");
  }

  private Result startWithoutNamespaces(String... arguments) throws Exception {
    Path command = Files.writeString(folder.resolve("command"), warren.line(arguments));
    Path inside =
        Files.writeString(
            folder.resolve("inside"),
            """
            echo 0 >/proc/sys/user/max_user_namespaces
            exec setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all sh %s
            """
                .formatted(command));
    return start("exec unshare --user --map-root-user sh " + inside);
  }

  private Result start(String line) throws Exception {
    return Checkout.result(
        warren.start(
            List.of("sh", "-c", line), Map.of("JAVA_HOME", folder.resolve("jdk").toString())));
  }
}
