package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.cli.Checkout.Result;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.control.Registration;
import dev.warren.lab.control.RunningHosts;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.LabDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code warren exec} into a host with namespaces of its own. */
@Timeout(60)
class IsolatedExecTest {
  @TempDir private Path folder;
  private Checkout warren;
  private Registration registration;
  private Lab lab;

  @BeforeEach
  void startLab() throws Exception {
    warren = Checkout.make(folder);
    registration = RunningLabs.in(warren.runtime()).register("demo");
    HostIsolation own = HostIsolation.NONE.withUser().withCgroup();
    lab =
        Lab.start(
            LabDescription.builder("demo").host(HostDescription.named("a").isolation(own)).build(),
            LabSettings.in(registration.stateDirectory()));
    registration.publish(RunningHosts.of(lab, false));
  }

  @AfterEach
  void endLab() throws IOException {
    lab.close();
    registration.close();
  }

  private Result exec(String option, String script) throws Exception {
    return option.equals("--")
        ? warren.run("exec", "a", "--", "sh", "-c", script)
        : warren.run("exec", option, "a", "--", "sh", "-c", script);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--", "--interactive", "--env=A=1", "--workdir=/"})
  void theCommandIsInAllNamespacesOfTheHost(String option) throws Exception {
    String all = "cd /proc/self/ns; readlink cgroup ipc mnt net pid user uts; id -u";
    String init = "cd /proc/1/ns; readlink cgroup ipc mnt net pid user uts; id -u";

    Result result = exec(option, all);

    assertThat(result).isEqualTo(exec(option, init));
    assertThat(result.code()).isZero();
    assertThat(result.text()).endsWith("\n0\n").contains("user:[");
    assertThat(exec(option, "exit 7").code()).isEqualTo(7);
  }

  @Test
  void theCommandCanBeAnotherUserOfTheHost() throws Exception {
    assumeTrue(
        Files.readString(Path.of("/proc/self/uid_map")).strip().matches("(?s).*\\d{4,}$"),
        "one uid only here");
    assertThat(exec("--user=daemon", "id -un; stat -c %U /proc/self/status"))
        .isEqualTo(new Result(0, "daemon\ndaemon\n"));
  }

  /** The host's root can put what it likes in the place of the machine's programs, for itself. */
  @Test
  void noProgramOfTheHostRunsAmongTheProcessesOfTheMachine() throws Exception {
    Result planted =
        exec(
            "--",
            """
            cp /usr/bin/dash /tmp/dash
            cat >/tmp/sh <<'EOF'
            #!/usr/bin/bash
            kill -0 %d 2>/dev/null && touch /tmp/outside
            touch /tmp/ran
            exec /tmp/dash "$@"
            EOF
            chmod 755 /tmp/sh
            mount --bind /tmp/sh /usr/bin/dash
            """
                .formatted(ProcessHandle.current().pid()));
    assertThat(planted).isEqualTo(new Result(0, ""));

    for (String option : List.of("--", "--interactive", "--user=root")) {
      assertThat(exec(option, "echo in")).isEqualTo(new Result(0, "in\n"));
    }
    lab.host("a").reboot();
    registration.publish(RunningHosts.of(lab, false));

    Result found = warren.run("exec", "a", "--", "ls", "/tmp");
    assertThat(found.text()).contains("ran").doesNotContain("outside");
  }
}
