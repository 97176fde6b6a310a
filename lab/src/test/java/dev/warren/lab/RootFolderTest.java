package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.description.BindDescription;
import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.UserDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.linux.kernel.Architecture;
import dev.warren.linux.process.InitProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host whose / is a folder of the machine. */
@Timeout(60)
@SuppressWarnings("AddressSelection") // a host has one address here
class RootFolderTest {
  /** The least that a host needs, and what the tests ask it with. */
  private static final List<String> PROGRAMS =
      List.of(
          "bash", "sh", "mount", "env", "cat", "ls", "getent", "stat", "setpriv", "nsenter", "id");

  private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");

  @TempDir static Path root;
  @TempDir Path folder;
  @TempDir Path state;

  @BeforeAll
  static void copyPrograms() throws Exception {
    Files.createDirectories(root.resolve("usr/bin"));
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("usr/lib"));
    Files.createDirectories(root.resolve("usr/lib64"));
    for (String name : List.of("bin", "lib", "lib64")) {
      Files.createSymbolicLink(root.resolve(name), Path.of("usr").resolve(name));
    }
    for (String program : PROGRAMS) {
      Path file = Path.of("/usr/bin", program).toRealPath();
      Files.copy(file, root.resolve("usr/bin").resolve(program));
      Process ldd = new ProcessBuilder("ldd", file.toString()).start();
      for (String line : ldd.inputReader().readAllLines()) {
        var library = LIBRARY.matcher(line);
        if (library.find()) {
          copyLibrary(Path.of(library.group(1)));
        }
      }
    }
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\n");
    Files.writeString(root.resolve("etc/group"), "root:x:0:\n");
    Files.writeString(root.resolve("etc/issue"), "the folder's\n");
    Files.createSymbolicLink(root.resolve("etc/resolv.conf"), Path.of("/run/elsewhere"));
  }

  private static void copyLibrary(Path library) throws IOException {
    Path real = Path.of(library.toString().replaceFirst("^/lib", "/usr/lib"));
    Path copy = root.resolve(Path.of("/").relativize(real));
    Files.createDirectories(copy.resolveSibling("."));
    Files.copy(library.toRealPath(), copy, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void theHostSeesTheFolderAndNothingOfTheMachine() throws Exception {
    try (Lab lab = start(host())) {
      assertThat(ask(lab.host("a"), "cat /etc/issue; ls -d /usr/bin/* | grep -c . || true"))
          .startsWith("the folder's");
      assertThat(ask(lab.host("a"), "ls /; ls /usr/share 2>&1 || true").split("\n"))
          .contains("proc", "sys", "dev", "etc", "run", "tmp", "root", "usr")
          // What the JVM has its classes from is there too, and may lie in /home.
          .doesNotContain(".warren", "boot", "mnt");
    }
  }

  @Test
  void itHasTheNamesTheAccountsAndTheFilesOfItsDescription() throws Exception {
    HostBuilder host =
        host()
            .user(new UserDescription("ada", 0, 0, "", "/home/ada", "/bin/sh"))
            .file(new FileDescription(Path.of("/opt/new/file"), 0644, "mine"));

    try (Lab lab = start(host)) {
      assertThat(ask(lab.host("a"), "cat /etc/hostname /opt/new/file; getent passwd ada"))
          .isEqualTo("a\nmineada:x:0:0::/home/ada:/bin/sh");
      assertThat(
              ask(
                  lab.host("a"),
                  "cat /etc/resolv.conf; getent passwd | grep -c . || cat /etc/passwd"))
          .contains("nameserver 127.0.0.53")
          .doesNotContain("daemon");
    }
  }

  @Test
  void whatItChangesIsItsOwn() throws Exception {
    try (Lab lab = start(host())) {
      ask(lab.host("a"), "echo changed > /etc/issue; echo new > /new");
      assertThat(ask(lab.host("a"), "cat /etc/issue /new")).isEqualTo("changed\nnew");
    }
    assertThat(root.resolve("etc/issue")).hasContent("the folder's\n");
    assertThat(root.resolve("new")).doesNotExist();
    assertThat(root.resolve("proc")).doesNotExist();
  }

  @Test
  void itsProcessesItsDevicesAndItsNetworkAreItsOwn() throws Exception {
    try (Lab lab = start(host())) {
      assertThat(ask(lab.host("a"), "cat /proc/1/comm")).isEqualTo("init");
      assertThat(ask(lab.host("a"), "ls /dev/pts; ls /sys/class/net"))
          .startsWith("ptmx\nlo")
          .contains("veth1");
    }
  }

  @Test
  void javaCodeRunsInsideAndSeesItsFiles() throws Exception {
    try (Lab lab = start(host())) {
      assertThat(lab.host("a").call(() -> Files.readString(Path.of("/etc/issue"))))
          .isEqualTo("the folder's\n");
      // A class that nobody has loaded before, out of the JVM's files.
      assertThat(lab.host("a").call(() -> InetAddress.getByName("a").getHostAddress()))
          .isEqualTo("10.9.0.1");
    }
  }

  @Test
  void privateDirectoriesAndBindsLieInIt() throws Exception {
    Files.writeString(folder.resolve("file"), "bound");
    HostBuilder host =
        host()
            .privateDirectory(Path.of("/var/lib/thing"))
            .bind(new BindDescription(Path.of("/source"), folder, false));

    try (Lab lab = start(host)) {
      assertThat(ask(lab.host("a"), "echo x > /var/lib/thing/y; cat /source/file"))
          .isEqualTo("bound");
    }
  }

  @Test
  void nsenterLeadsIntoIt() throws Exception {
    try (Lab lab = start(host())) {
      Process process =
          new ProcessBuilder(
                  "nsenter",
                  "--target",
                  Long.toString(lab.host("a").pid()),
                  "--mount",
                  "--pid",
                  "--",
                  "/bin/cat",
                  "/etc/issue")
              .redirectErrorStream(true)
              .start();
      assertThat(LabFixture.read(process)).isEqualTo("the folder's\n");
    }
  }

  @Test
  void anEmptyFolderIsAHostThatRunsJavaCode() throws Exception {
    assumeTrue(InitProgram.of(Architecture.current()).isPresent(), "init is a shell here");
    try (Lab lab = start(HostDescription.named("a").on("lan").rootFolder(folder))) {
      assertThat(lab.host("a").call(() -> Files.readString(Path.of("/proc/1/comm"))))
          .isEqualTo("init\n");
    }
  }

  @Test
  void aFolderWithoutAShellIsSaidToHaveNone() throws Exception {
    try (Lab lab = start(HostDescription.named("a").on("lan").rootFolder(folder))) {
      assertThatIOException()
          .isThrownBy(() -> lab.host("a").start(HostCommand.of("/bin/sh", "-c", "true")))
          .withMessageContaining("/bin/sh");
    }
  }

  @Test
  void packagesOfTheMachineDoNotFitAnotherRoot() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> host().packages("nginx").build())
        .withMessageContaining("rootfs");
  }

  private static HostBuilder host() {
    return HostDescription.named("a").on("lan").rootFolder(root);
  }

  private Lab start(HostBuilder host) throws IOException {
    return Lab.start(
        LabDescription.builder("rooted").network("lan", "10.9.0.0/24").host(host).build(),
        LabSettings.in(state));
  }
}
