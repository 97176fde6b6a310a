package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands that change and show a lab which another process keeps. */
@Timeout(60)
class ControlCommandsTest {
  private static final String LAB =
      """
      networks:
        lan: {ipv4: 10.9.0.0/24}
      hosts:
        a: {interface: 1}
        b: {interface: 2}
      """;

  @TempDir private Path folder;
  private Checkout warren;
  private Path file;
  private Process supervisor;

  @BeforeEach
  void start() throws Exception {
    warren = Checkout.make(folder.resolve("home"));
    file = Files.writeString(folder.resolve("two.yaml"), LAB);
    supervisor = warren.inAnotherJvm("up", file.toString()).redirectErrorStream(true).start();
    assertThat(supervisor.inputReader().readLine()).startsWith("Lab two is up: ");
  }

  @AfterEach
  void end() throws Exception {
    supervisor.destroyForcibly().waitFor();
  }

  @Test
  void aLinkIsCutAndMended() throws Exception {
    assertThat(run("link", "cut", "a", "veth1").text()).isEqualTo("Link veth1 of host a is cut.\n");
    assertThat(run("link", "show").text())
        .isEqualTo(
            """
            LAB  HOST  LINK   NETWORK  STATE
            two  a     veth1  lan      cut
            two  b     veth2  lan      whole
            """);
    assertThat(run("ls").text()).contains("STATE").contains("10.9.0.1   veth1 cut");
    assertThat(warren.run("exec", "a", "--", "cat", "/sys/class/net/veth1/carrier").text())
        .isEqualTo("0\n");

    assertThat(run("link", "mend", "two/a").code()).isZero();
    JsonNode link = json("link", "show", "a", "--json").at("/0");
    assertThat(link.at("/state").stringValue()).isEqualTo("whole");
    assertThat(link.at("/addresses/0").stringValue()).isEqualTo("10.9.0.1/24");
    assertThat(link.at("/mac").stringValue()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
  }

  @Test
  void aLinkIsMadeSlowAndLossyAndPlainAgain() throws Exception {
    assertThat(run("link", "set", "a", "lan", "--delay", "20ms", "--loss", "1%").text())
        .matches("Link veth1 of host a: delay 20ms, loss 1%; by (netem|wire, seed [0-9]+)\\.\n");
    assertThat(run("link", "set", "a", "--to-host", "--jitter", "5ms").text())
        .startsWith(
            "Link veth1 of host a: to the host delay 20ms +-5ms, loss 1%;"
                + " from the host delay 20ms, loss 1%; by ");
    assertThat(run("link", "show").text())
        .containsPattern("LAB +HOST +LINK +NETWORK +STATE +BY +SEED +CONDITIONS\n")
        .containsPattern("two +a +veth1 +lan +whole +(netem|wire +[0-9]+) +to the host delay 20ms");
    assertThat(run("ls").text()).contains("veth1 to the host delay 20ms");
    JsonNode lab = json("ls", "--json").at("/0");
    assertThat(lab.at("/hosts/1/conditions/veth1/text").stringValue()).contains("20ms");
    assertThat(lab.at("/hosts/1/conditions/veth1/means").stringValue()).matches("netem|wire");
    assertThat(json("link", "show", "--json").at("/0/seed")).isEqualTo(lab.at("/seed"));

    assertThat(run("link", "set", "two/a", "--preset", "wifi", "--rate", "1Mbit/s").text())
        .contains(": 1Mbit/s, delay 3ms +-2ms, loss 0.5%; by ");
    assertThat(run("link", "set", "a", "--from-host", "--preset", "modem").text())
        .contains("to the host 1Mbit/s", "from the host 33kbit/s");
    assertThat(run("link", "set", "a", "--clear").text())
        .isEqualTo("Link veth1 of host a: perfect.\n");
    assertThat(run("events").text())
        .contains("conditions-changed host=a link=veth1 conditions=delay 20ms, loss 1%")
        .contains("conditions=perfect");
  }

  @Test
  void aCaptureEndsAfterItsTimeWithACompleteFile() throws Exception {
    Path packets = folder.resolve("a.pcapng");

    Checkout.Result result = run("capture", "two/a", "-o", packets.toString(), "--for", "100ms");

    assertThat(result.text())
        .startsWith("Capturing a; for 100ms.\n")
        .containsPattern("[0-9]+ packets captured, 0 dropped\\.\n");
    assertThat(result.code()).isZero();
    // The type of the last block (draft-ietf-opsawg-pcapng, 4.6): interface statistics.
    assertThat(lastBlock(Files.readAllBytes(packets))).isEqualTo(5);
    await()
        .untilAsserted(
            () ->
                assertThat(run("events").text())
                    .contains("capture-started of=a:veth1 file=" + packets)
                    .contains("capture-ended of=a:veth1 file=" + packets));
  }

  @Test
  void hostsAndNetworksAreFoundAmongSeveralLabs() throws Exception {
    Path other =
        Files.writeString(
            folder.resolve("other.yaml"),
            """
            networks: {lan: {ipv4: 10.9.0.0/24}, back: {ipv4: 10.8.0.0/24}}
            hosts: {c: {interfaces: [{network: back}]}}
            """);
    Process second = warren.inAnotherJvm("up", other.toString()).redirectErrorStream(true).start();
    try {
      assertThat(second.inputReader().readLine()).startsWith("Lab other is up: ");
      String file = folder.resolve("x.pcapng").toString();

      assertThat(run("capture", "a:veth1", "-o", file, "--for", "10ms").code()).isZero();
      assertThat(run("capture", "c", "-o", file, "--for", "10ms").code()).isZero();
      assertThat(run("partition", "back", "c").text()).isEqualTo("Network back is parted.\n");
      assertThat(run("capture", "lan", "-o", file).text())
          .isEqualTo("warren: several labs have \"lan\", say LAB/lan: other, two\n");
    } finally {
      second.destroyForcibly().waitFor();
    }
  }

  @Test
  void aCaptureGoesToAPipeUntilCtrlC() throws Exception {
    Process capture = warren.inAnotherJvm("capture", "lan", "-o", "-").start();
    assertThat(capture.errorReader().readLine()).isEqualTo("Capturing lan; Ctrl-C ends it.");
    warren.run("exec", "a", "--", "ping", "-c", "1", "10.9.0.2");

    new ProcessBuilder("kill", "-INT", Long.toString(capture.pid())).start().waitFor();

    byte[] file = capture.getInputStream().readAllBytes();
    assertThat(capture.errorReader().readLine())
        .matches("[1-9][0-9]* packets captured, 0 dropped.");
    assertThat(capture.waitFor()).isZero();
    assertThat(lastBlock(file)).isEqualTo(5);
  }

  @Test
  void aCaptureEndsWithWhoWantedIt() throws Exception {
    Process capture = warren.inAnotherJvm("capture", "lan", "-o", "-").start();
    assertThat(capture.errorReader().readLine()).startsWith("Capturing lan");

    capture.destroyForcibly().waitFor();

    await().untilAsserted(() -> assertThat(run("events").text()).contains("capture-ended of=lan"));
  }

  @Test
  void aCaptureThatCannotBeLeavesTheFileAlone() throws Exception {
    Path packets = Files.writeString(folder.resolve("a.pcapng"), "mine");

    assertThat(run("capture", "two/wan", "-o", packets.toString()))
        .isEqualTo(new Checkout.Result(2, "warren: lab two has no host or network wan\n"));
    assertThat(run("capture", "a", "-o", packets.toString(), "--for", "soon").code()).isEqualTo(2);
    assertThat(run("capture", "a", "-o", packets.toString(), "--snap", "0").code()).isEqualTo(2);
    assertThat(packets).hasContent("mine");
    assertThat(run("capture", "a", "-o", folder.resolve("no/a.pcapng").toString()).text())
        .contains("there is no folder");
    assertThat(run("events").text()).doesNotContain("capture-");
  }

  private static int lastBlock(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.nativeOrder());
    return bytes.getInt(file.length - bytes.getInt(file.length - 4));
  }

  @Test
  void aRunningLabIsDrawnAsItIsNow() throws Exception {
    run("link", "cut", "b");
    run("link", "set", "a", "--loss", "1%");

    assertThat(run("graph", "two", "--format", "mermaid").text())
        .startsWith("flowchart TB\n")
        .containsPattern("veth1.*<br/>loss 1%")
        .containsPattern("veth2.*<br/>cut");
    assertThat(run("graph", "two").text()).startsWith("<svg").contains("loss 1%", "cut");
    assertThat(run("graph", "three").code()).isEqualTo(2);
  }

  @Test
  void mistakesInConditionsAreOneLineAndTwo() throws Exception {
    assertThat(run("link", "set", "a", "--delay", "soon", "--loss", "lots"))
        .isEqualTo(
            new Checkout.Result(
                2,
                "warren: delay: a time like 500ms, 60s, 2m or 1h is expected, but this is"
                    + " \"soon\"; loss: a percentage like 1% or 0.05% is expected, but this is"
                    + " \"lots\"\n"));
    assertThat(run("link", "set", "a", "--preset", "wify").text())
        .isEqualTo("warren: preset: there is no preset \"wify\"; did you mean \"wifi\"?\n");
    assertThat(run("link", "set", "a", "--to-host", "--queue", "64kB").text())
        .isEqualTo("warren: a queue needs a rate: without one nothing waits\n");
    assertThat(run("link", "set", "a").code()).isEqualTo(2);
    assertThat(run("link", "set", "a", "--clear", "--to-host", "--from-host").code()).isEqualTo(2);
    assertThat(run("link", "show").text()).doesNotContain("CONDITIONS");
  }

  @Test
  void aNetworkIsPartedAndHealed() throws Exception {
    assertThat(run("partition", "lan", "a", "b,root").text()).isEqualTo("Network lan is parted.\n");
    assertThat(json("ls", "--json").at("/0/partitions/lan/1/0").stringValue()).isEqualTo("b");
    assertThat(run("ls").text()).contains("lan parted: a b,root");

    assertThat(run("partition", "two/lan", "--heal").text()).isEqualTo("Network lan is whole.\n");
    assertThat(json("ls", "--json").at("/0/partitions").size()).isZero();
  }

  @Test
  void whatIsWrongIsOneLineAndTwo() throws Exception {
    assertThat(run("partition", "wan", "a"))
        .isEqualTo(new Checkout.Result(2, "warren: lab two has no network wan, only [lan]\n"));
    assertThat(run("partition", "lan"))
        .isEqualTo(
            new Checkout.Result(
                2, "warren: say the groups of hosts, or --heal: see `warren partition --help`\n"));
    assertThat(run("link", "cut", "root").text())
        .startsWith("warren: host root has no link: the root is on the bridges themselves");
    assertThat(run("reboot", "c"))
        .isEqualTo(
            new Checkout.Result(1, "warren: lab \"two\" has no host \"c\", only root, a, b\n"));
    assertThat(run("ps", "three/"))
        .isEqualTo(new Checkout.Result(1, "warren: no lab \"three\" is running, only two\n"));
    assertThat(run("link").code()).isEqualTo(2);
  }

  @Test
  void aHostIsFrozenAndGoesOn() throws Exception {
    Process sleep = warren.start("exec", "a", "--", "sleep", "1000");
    await().untilAsserted(() -> assertThat(run("ps", "a").text()).contains("sleep 1000"));

    assertThat(run("freeze", "a").text()).isEqualTo("Host a is frozen: 1 process.\n");
    assertThat(run("freeze", "b").text())
        .isEqualTo("Host b has no processes that could be frozen.\n");
    assertThat(run("ls").text()).contains("frozen");
    assertThat(json("ps", "a", "--json").at("/1/state").stringValue()).isEqualTo("T");
    // nsenter, who waits for the command, stops with it.
    await().until(() -> stateOf(sleep), "T"::equals);

    assertThat(run("freeze", "--thaw", "a").text()).isEqualTo("Host a goes on: 1 process.\n");
    assertThat(run("ls").text()).doesNotContain("frozen");
    await().until(() -> stateOf(sleep), "S"::equals);
    sleep.destroy();
    assertThat(sleep.waitFor()).isGreaterThan(128);
  }

  @Test
  void aCommandInAFrozenHostEndsWithAReboot() throws Exception {
    Process sleep = warren.start("exec", "a", "--", "sleep", "1000");
    await().untilAsserted(() -> assertThat(run("ps", "a").text()).contains("sleep 1000"));
    assertThat(run("freeze", "a").code()).isZero();
    await().until(() -> stateOf(sleep), "T"::equals);

    assertThat(run("reboot", "a").code()).isZero();

    assertThat(sleep.waitFor()).isGreaterThan(128);
  }

  @Test
  void aCommandInAFrozenHostEndsWithAKilledSupervisor() throws Exception {
    Process sleep = warren.start("exec", "a", "--", "sleep", "1000");
    await().untilAsserted(() -> assertThat(run("ps", "a").text()).contains("sleep 1000"));
    assertThat(run("freeze", "a").code()).isZero();
    await().until(() -> stateOf(sleep), "T"::equals);

    supervisor.destroyForcibly().waitFor();

    assertThat(sleep.waitFor()).isGreaterThan(128);
  }

  /** The letter of proc_pid_stat(5). */
  private static String stateOf(Process process) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
  }

  @Test
  void aRebootedHostIsEnteredByItsNewInit() throws Exception {
    assertThat(warren.run("exec", "a", "--", "sh", "-c", "echo kept > /tmp/note").code()).isZero();

    assertThat(run("reboot", "a").text()).isEqualTo("Host a has begun anew.\n");

    assertThat(warren.run("exec", "a", "--", "cat", "/tmp/note").text()).isEqualTo("kept\n");
  }

  @Test
  void theServicesOfAHostAreRestartedAndReadyAgain() throws Exception {
    Files.writeString(
        file,
        LAB.replace(
            "  a: {interface: 1}\n",
            """
              a:
                interface: 1
                services:
                  first: {script: echo $$ >> /tmp/first; exec sleep 1000}
                  second: {script: echo $$ >> /tmp/second; exec sleep 1000, needs: [first]}
            """));
    assertThat(run("apply", file.toString()).code()).isZero();

    await()
        .untilAsserted(
            () ->
                assertThat(run("ls").text())
                    .containsPattern("LAB +HOST +PID +ADDRESSES +SERVICES\n")
                    .containsPattern("two +a .*10.9.0.1 +first ready, second ready\n"));
    assertThat(json("ls", "--json").at("/0/hosts/1/services/second").stringValue())
        .isEqualTo("ready");

    assertThat(run("restart", "a").text()).isEqualTo("Ready again: a/first, a/second.\n");
    assertThat(run("restart", "two/a", "second").text()).isEqualTo("Ready again: a/second.\n");

    await()
        .untilAsserted(
            () -> {
              assertThat(lines("/tmp/first")).isEqualTo(2);
              assertThat(lines("/tmp/second")).isEqualTo(3);
            });
    assertThat(run("restart", "a", "third").code()).isEqualTo(2);
    assertThat(run("restart", "b"))
        .isEqualTo(new Checkout.Result(2, "warren: host b has no services\n"));
  }

  private long lines(String log) throws Exception {
    return warren.run("exec", "a", "--", "cat", log).text().lines().count();
  }

  @Test
  void processesAreShownWithTheirPidInsideAndOutside() throws Exception {
    assertThat(run("ps").text())
        .startsWith("HOST  PID  OUTER")
        .containsPattern("root +1 ")
        .containsPattern("a +1 +[0-9]+ +root +S +0:00\\.[0-9]{2} +\\S+ \\S+ +init\n")
        .containsPattern("b +1 ");
    assertThat(json("ps", "two/b", "--json").at("/0/hostPid").asInt()).isEqualTo(1);
  }

  @Test
  void whatHostsUseIsShownOnce() throws Exception {
    assertThat(run("top", "--once").text())
        .startsWith("HOST  PROCESSES  CPU")
        .containsPattern("a +1 .* veth1 in .*/s out .*/s\n");
    JsonNode hosts = json("top", "--json");
    assertThat(hosts.at("/1/host").stringValue()).isEqualTo("a");
    assertThat(hosts.at("/1/traffic/veth1/sent").isNumber()).isTrue();
    assertThat(hosts.at("/1/cpuPercent").asDouble()).isBetween(0.0, 400.0);
  }

  @Test
  void aLabIsMadeAsTheChangedFileSays() throws Exception {
    Files.writeString(file, LAB.replace("  b: {interface: 2}\n", "  c:\n    aliases: [www]\n"));

    assertThat(run("apply", "--dry-run", file.toString()).text())
        .contains("  make the namespaces of host c\n", "! remove host b\n")
        .doesNotContain("host a");
    assertThat(run("ls").text()).contains("  b  ");
    assertThat(run("apply", file.toString()).code()).isZero();

    assertThat(run("ls").text()).contains("  c  ").doesNotContain("  b  ");
    assertThat(warren.run("exec", "a", "--", "getent", "ahostsv4", "www").text())
        .startsWith("10.9.0.");
    assertThat(warren.run("exec", "b", "--", "true").code()).isEqualTo(125);
    assertThat(run("apply", file.toString()).text()).isEqualTo("Lab two is so already.\n");
  }

  @Test
  void hostsWithoutANumberKeepTheirsWhenOthersComeBeforeThem() throws Exception {
    String more = LAB.replace("  b: {", "  c:\n  b: {");
    Files.writeString(file, more);
    assertThat(run("apply", file.toString()).code()).isZero();
    Files.writeString(file, more.replace("hosts:\n", "hosts:\n  aa:\n"));

    assertThat(run("apply", file.toString(), "two").text())
        .contains("connect veth4 of host aa")
        .doesNotContain("host c", "host b");
  }

  @Test
  void mistakesInAnAppliedFileHaveTheirPlaces() throws Exception {
    Files.writeString(file, LAB.replace("interface: 2", "interfaec: 2"));

    Checkout.Result result = run("apply", file.toString());

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.text()).startsWith(file + ":5:7: unknown key \"interfaec\"");
  }

  @Test
  void eventsAreWrittenAsTheyHappen() throws Exception {
    run("link", "cut", "a");
    run("reboot", "b");

    List<String> lines = run("events", "--json").text().lines().toList();
    assertThat(lines).hasSize(5);
    JsonNode cut = JsonMapper.builder().build().readTree(lines.get(3));
    assertThat(cut.path("time").stringValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(cut.path("type").stringValue()).isEqualTo("link-cut");
    assertThat(cut.path("host").stringValue()).isEqualTo("a");
    assertThat(cut.path("network").stringValue()).isEqualTo("lan");
    assertThat(run("events", "two").text())
        .containsPattern("link-cut host=a link=veth1 network=lan\n")
        .containsPattern("host-rebooted host=b pid=[0-9]+\n");
  }

  @Test
  void aFileInAHostIsShown() throws Exception {
    warren.run("exec", "a", "--", "sh", "-c", "echo grüß > /tmp/x.log");

    assertThat(run("logs", "a", "/tmp/x.log").text()).isEqualTo("grüß\n");
    assertThat(run("logs", "a", "httpd"))
        .isEqualTo(new Checkout.Result(2, "warren: lab two has no service a/httpd, only []\n"));
    assertThat(run("logs").text()).contains("writes to the terminal that it was started on");
  }

  private JsonNode json(String... arguments) throws IOException {
    return JsonMapper.builder().build().readTree(run(arguments).text());
  }

  private Checkout.Result run(String... arguments) {
    StringWriter text = new StringWriter();
    Surroundings surroundings =
        new Surroundings(
            new PrintWriter(text, true),
            new PrintWriter(text, true),
            false,
            Optional.of(warren.runtime()),
            folder,
            folder.resolve("cache"),
            false,
            Optional.empty());
    int code = CommandLineFactory.create(surroundings).execute(arguments);
    return new Checkout.Result(code, text.toString());
  }
}
