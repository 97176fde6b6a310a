package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commands that change and show what runs in the hosts of a running lab. */
@Timeout(60)
class HostCommandsTest {
  @TempDir private Path folder;
  private ControlledLab lab;

  @BeforeEach
  void start() throws Exception {
    lab = ControlledLab.start(folder);
  }

  @AfterEach
  void end() throws Exception {
    lab.kill();
  }

  @Test
  void aHostIsFrozenAndGoesOn() throws Exception {
    Process sleep = lab.warren().start("exec", "a", "--", "sleep", "1000");
    await().untilAsserted(() -> assertThat(lab.run("ps", "a").text()).contains("sleep 1000"));

    assertThat(lab.run("freeze", "a").text()).isEqualTo("Host a is frozen: 1 process.\n");
    assertThat(lab.run("freeze", "b").text())
        .isEqualTo("Host b has no processes that could be frozen.\n");
    assertThat(lab.run("ls").text()).contains("frozen");
    assertThat(lab.json("ps", "a", "--json").at("/1/state").stringValue()).isEqualTo("T");
    // nsenter, who waits for the command, stops with it.
    await().until(() -> stateOf(sleep), "T"::equals);

    assertThat(lab.run("freeze", "--thaw", "a").text()).isEqualTo("Host a goes on: 1 process.\n");
    assertThat(lab.run("ls").text()).doesNotContain("frozen");
    await().until(() -> stateOf(sleep), "S"::equals);
    sleep.destroy();
    assertThat(sleep.waitFor()).isGreaterThan(128);
  }

  @Test
  void aCommandInAFrozenHostEndsWithAReboot() throws Exception {
    Process sleep = lab.warren().start("exec", "a", "--", "sleep", "1000");
    await().untilAsserted(() -> assertThat(lab.run("ps", "a").text()).contains("sleep 1000"));
    assertThat(lab.run("freeze", "a").code()).isZero();
    await().until(() -> stateOf(sleep), "T"::equals);

    assertThat(lab.run("reboot", "a").code()).isZero();

    assertThat(sleep.waitFor()).isGreaterThan(128);
  }

  @Test
  void aCommandInAFrozenHostEndsWithAKilledSupervisor() throws Exception {
    Process sleep = lab.warren().start("exec", "a", "--", "sleep", "1000");
    await().untilAsserted(() -> assertThat(lab.run("ps", "a").text()).contains("sleep 1000"));
    assertThat(lab.run("freeze", "a").code()).isZero();
    await().until(() -> stateOf(sleep), "T"::equals);

    lab.kill();

    assertThat(sleep.waitFor()).isGreaterThan(128);
  }

  /** The letter of proc_pid_stat(5). */
  private static String stateOf(Process process) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
  }

  @Test
  void aRebootedHostIsEnteredByItsNewInit() throws Exception {
    assertThat(lab.launch("exec", "a", "--", "sh", "-c", "echo kept > /tmp/note").code()).isZero();

    assertThat(lab.run("reboot", "a").text()).isEqualTo("Host a has begun anew.\n");

    assertThat(lab.launch("exec", "a", "--", "cat", "/tmp/note").text()).isEqualTo("kept\n");
  }

  @Test
  void theServicesOfAHostAreRestartedAndReadyAgain() throws Exception {
    Files.writeString(
        lab.file(),
        ControlledLab.FILE.replace(
            "  a: {interface: 1}\n",
            """
              a:
                interface: 1
                services:
                  first: {script: echo $$ >> /tmp/first; exec sleep 1000}
                  second: {script: echo $$ >> /tmp/second; exec sleep 1000, needs: [first]}
            """));
    assertThat(lab.run("apply", lab.file().toString()).code()).isZero();

    await()
        .untilAsserted(
            () ->
                assertThat(lab.run("ls").text())
                    .containsPattern("LAB +HOST +PID +ADDRESSES +SERVICES\n")
                    .containsPattern("two +a .*10.9.0.1 +first ready, second ready\n"));
    assertThat(lab.json("ls", "--json").at("/0/hosts/1/services/second").stringValue())
        .isEqualTo("ready");

    assertThat(lab.run("restart", "a").text()).isEqualTo("Ready again: a/first, a/second.\n");
    assertThat(lab.run("restart", "two/a", "second").text()).isEqualTo("Ready again: a/second.\n");

    await()
        .untilAsserted(
            () -> {
              assertThat(lines("/tmp/first")).isEqualTo(2);
              assertThat(lines("/tmp/second")).isEqualTo(3);
            });
    assertThat(lab.run("restart", "a", "third").code()).isEqualTo(2);
    assertThat(lab.run("restart", "b"))
        .isEqualTo(new Checkout.Result(2, "warren: host b has no services\n"));
  }

  private long lines(String log) throws Exception {
    return lab.launch("exec", "a", "--", "cat", log).text().lines().count();
  }

  @Test
  void processesAreShownWithTheirPidInsideAndOutside() throws Exception {
    assertThat(lab.run("ps").text())
        .startsWith("HOST  PID  OUTER")
        .containsPattern("root +1 ")
        .containsPattern("a +1 +[0-9]+ +root +S +0:00\\.[0-9]{2} +\\S+ \\S+ +init\n")
        .containsPattern("b +1 ");
    assertThat(lab.json("ps", "two/b", "--json").at("/0/hostPid").asInt()).isEqualTo(1);
  }

  @Test
  void whatHostsUseIsShownOnce() throws Exception {
    assertThat(lab.run("top", "--once").text())
        .startsWith("HOST  PROCESSES  CPU")
        .containsPattern("a +1 .* veth1 in .*/s out .*/s\n");
    JsonNode hosts = lab.json("top", "--json");
    assertThat(hosts.at("/1/host").stringValue()).isEqualTo("a");
    assertThat(hosts.at("/1/traffic/veth1/sent").isNumber()).isTrue();
    assertThat(hosts.at("/1/cpuPercent").asDouble()).isBetween(0.0, 400.0);
  }

  @Test
  void aFileInAHostIsShown() throws Exception {
    lab.launch("exec", "a", "--", "sh", "-c", "echo grüß > /tmp/x.log");

    assertThat(lab.run("logs", "a", "/tmp/x.log").text()).isEqualTo("grüß\n");
    assertThat(lab.run("logs", "a", "httpd"))
        .isEqualTo(new Checkout.Result(2, "warren: lab two has no service a/httpd, only []\n"));
    assertThat(lab.run("logs").text()).contains("writes to the terminal that it was started on");
  }
}
