package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read and write what Warren makes, whatever the umask of who started it. */
@Timeout(120)
class ModesTest {
  private static final String FILE =
      """
      networks:
        lan: {ipv4: 10.9.0.0/24}
      hosts:
        a:
          interface: 1
          private: [/srv, /var/spool]
          files:
            - {path: /srv/deep/er/text, text: one}
            - {path: /etc/new/text, text: two}
      """;

  /** What a host has of its own, with modes; terminals come and go. */
  private static final List<String> LIST =
      List.of(
          "sh",
          "-c",
          "find /etc /srv /var/spool /run /tmp /var/tmp /root /dev -xdev -path /dev/pts -prune -o -printf '%m %p\\n'"
              + " | sort");

  @TempDir Path folder;
  private final List<Process> supervisors = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"000", "022", "077"})
  void onlyTheOwnerMayEnterAndTalk(String umask) throws Exception {
    Checkout warren = up(umask);
    List<String> wrong = new ArrayList<>();
    int sockets = 0;
    try (Stream<Path> all = Files.walk(warren.runtime())) {
      for (Path path : all.toList()) {
        PosixFileAttributes is = Files.readAttributes(path, PosixFileAttributes.class);
        String modes = PosixFilePermissions.toString(is.permissions());
        sockets += is.isOther() ? 1 : 0;
        if ((is.isDirectory() && !modes.equals("rwx------"))
            || (is.isOther() && !modes.equals("rw-------"))) {
          wrong.add(modes + " " + path);
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(sockets).as("a socket and a pipe").isEqualTo(2);
  }

  /** Else a service's user could not read the host's files, or anybody write them. */
  @Test
  void aHostsFilesAreTheSameWithAnyUmask() throws Exception {
    String usual = list(up("022"));

    assertThat(usual).contains("755 /srv/deep/er\n", "644 /srv/deep/er/text\n");
    assertThat(list(up("000"))).isEqualTo(usual);
    assertThat(list(up("077"))).isEqualTo(usual);
  }

  private static String list(Checkout warren) throws Exception {
    Process process =
        warren.start(
            Stream.concat(Stream.of(warren.home() + "/warren", "exec", "a", "--"), LIST.stream())
                .toList(),
            Map.of());
    process.getOutputStream().close();
    return Checkout.result(process).text();
  }

  private Checkout up(String umask) throws IOException {
    Path place = Files.createDirectory(folder.resolve(umask));
    Checkout warren = Checkout.make(Files.createDirectory(place.resolve("home")));
    Path file = Files.writeString(place.resolve("modes.yaml"), FILE);
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "x"));
    command.addAll(warren.inAnotherJvm("up", file.toString()).command());
    Process supervisor = new ProcessBuilder(command).redirectErrorStream(true).start();
    supervisors.add(supervisor);
    assertThat(supervisor.inputReader().readLine()).startsWith("Lab modes is up: ");
    return warren;
  }

  @AfterEach
  void end() throws InterruptedException {
    for (Process supervisor : supervisors) {
      supervisor.destroy();
      if (!supervisor.waitFor(20, TimeUnit.SECONDS)) {
        supervisor.destroyForcibly().waitFor();
      }
    }
  }
}
