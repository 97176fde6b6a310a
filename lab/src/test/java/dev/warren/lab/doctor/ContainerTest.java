package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The traces of those who make containers. */
class ContainerTest {
  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "/.dockerenv, '', DOCKER",
    "/run/.containerenv, '', PODMAN",
    "/run/host/container-manager, systemd-nspawn, NSPAWN",
    "/run/systemd/container, lxc, LXC",
    "/var/run/secrets/kubernetes.io/serviceaccount/token, '', KUBERNETES",
    "/etc/hostname, docker, NONE",
  })
  void tellTheKind(String file, String text, Container kind) throws Exception {
    assertThat(new MadeUpMachine(root).with(file, text).machine().container()).isEqualTo(kind);
  }

  @Test
  void ofDockerInAJobAreThoseOfGitLabsRunner() throws Exception {
    MadeUpMachine made =
        new MadeUpMachine(root).with("/.dockerenv", "").withVariable("GITLAB_CI", "true");

    assertThat(made.machine().container()).isEqualTo(Container.GITLAB);
    assertThat(made.machine().container().seccomp()).contains("warren seccomp --for gitlab");
  }

  /** Its disk may be a container's image. */
  @Test
  void countForNothingOnAMachineWithTheFirstProcess() throws Exception {
    MadeUpMachine made = new MadeUpMachine(root).with("/.dockerenv", "");
    Path link = Files.createDirectories(made.path("/proc/self/ns")).resolve("pid");
    Files.createSymbolicLink(link, Path.of("pid:[4026531836]"));

    assertThat(made.machine().container()).isEqualTo(Container.NONE);
  }
}
