package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Commands that change and show the links and networks of a running lab. */
@Timeout(60)
class LinkCommandsTest {
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
  void aLinkIsCutAndMended() throws Exception {
    assertThat(lab.run("link", "cut", "a", "veth1").text())
        .isEqualTo("Link veth1 of host a is cut.\n");
    assertThat(lab.run("link", "show").text())
        .isEqualTo(
            """
            LAB  HOST  LINK   NETWORK  STATE
            two  a     veth1  lan      cut
            two  b     veth2  lan      whole
            """);
    assertThat(lab.run("ls").text()).contains("STATE").contains("10.9.0.1   veth1 cut");
    assertThat(lab.launch("exec", "a", "--", "cat", "/sys/class/net/veth1/carrier").text())
        .isEqualTo("0\n");

    assertThat(lab.run("link", "mend", "two/a").code()).isZero();
    JsonNode link = lab.json("link", "show", "a", "--json").at("/0");
    assertThat(link.at("/state").stringValue()).isEqualTo("whole");
    assertThat(link.at("/addresses/0").stringValue()).isEqualTo("10.9.0.1/24");
    assertThat(link.at("/mac").stringValue()).matches("([0-9a-f]{2}:){5}[0-9a-f]{2}");
  }

  @Test
  void aLinkIsMadeSlowAndLossyAndPlainAgain() throws Exception {
    assertThat(lab.run("link", "set", "a", "lan", "--delay", "20ms", "--loss", "1%").text())
        .matches("Link veth1 of host a: delay 20ms, loss 1%; by (netem|wire, seed [0-9]+)\\.\n");
    assertThat(lab.run("link", "set", "a", "--to-host", "--jitter", "5ms").text())
        .startsWith(
            "Link veth1 of host a: to the host delay 20ms +-5ms, loss 1%;"
                + " from the host delay 20ms, loss 1%; by ");
    assertThat(lab.run("link", "show").text())
        .containsPattern("LAB +HOST +LINK +NETWORK +STATE +BY +SEED +CONDITIONS\n")
        .containsPattern("two +a +veth1 +lan +whole +(netem|wire +[0-9]+) +to the host delay 20ms");
    assertThat(lab.run("ls").text()).contains("veth1 to the host delay 20ms");
    JsonNode shown = lab.json("ls", "--json").at("/0");
    assertThat(shown.at("/hosts/1/conditions/veth1/text").stringValue()).contains("20ms");
    assertThat(shown.at("/hosts/1/conditions/veth1/means").stringValue()).matches("netem|wire");
    assertThat(lab.json("link", "show", "--json").at("/0/seed")).isEqualTo(shown.at("/seed"));

    assertThat(lab.run("link", "set", "two/a", "--preset", "wifi", "--rate", "1Mbit/s").text())
        .contains(": 1Mbit/s, delay 3ms +-2ms, loss 0.5%; by ");
    assertThat(lab.run("link", "set", "a", "--from-host", "--preset", "modem").text())
        .contains("to the host 1Mbit/s", "from the host 33kbit/s");
    assertThat(lab.run("link", "set", "a", "--clear").text())
        .isEqualTo("Link veth1 of host a: perfect.\n");
    assertThat(lab.run("events").text())
        .contains("conditions-changed host=a link=veth1 conditions=delay 20ms, loss 1%")
        .contains("conditions=perfect");
  }

  @Test
  void mistakesInConditionsAreOneLineAndTwo() throws Exception {
    assertThat(lab.run("link", "set", "a", "--delay", "soon", "--loss", "lots"))
        .isEqualTo(
            new Checkout.Result(
                2,
                "warren: delay: a time like 500ms, 60s, 2m or 1h is expected, but this is"
                    + " \"soon\"; loss: a percentage like 1% or 0.05% is expected, but this is"
                    + " \"lots\"\n"));
    assertThat(lab.run("link", "set", "a", "--preset", "wify").text())
        .isEqualTo("warren: preset: there is no preset \"wify\"; did you mean \"wifi\"?\n");
    assertThat(lab.run("link", "set", "a", "--to-host", "--queue", "64kB").text())
        .isEqualTo("warren: a queue needs a rate: without one nothing waits\n");
    assertThat(lab.run("link", "set", "a").code()).isEqualTo(2);
    assertThat(lab.run("link", "set", "a", "--clear", "--to-host", "--from-host").code())
        .isEqualTo(2);
    assertThat(lab.run("link", "show").text()).doesNotContain("CONDITIONS");
  }

  @Test
  void aNetworkIsPartedAndHealed() throws Exception {
    assertThat(lab.run("partition", "lan", "a", "b,root").text())
        .isEqualTo("Network lan is parted.\n");
    assertThat(lab.json("ls", "--json").at("/0/partitions/lan/1/0").stringValue()).isEqualTo("b");
    assertThat(lab.run("ls").text()).contains("lan parted: a b,root");

    assertThat(lab.run("partition", "two/lan", "--heal").text())
        .isEqualTo("Network lan is whole.\n");
    assertThat(lab.json("ls", "--json").at("/0/partitions").size()).isZero();
  }

  @Test
  void aRunningLabIsDrawnAsItIsNow() throws Exception {
    lab.run("link", "cut", "b");
    lab.run("link", "set", "a", "--loss", "1%");

    assertThat(lab.run("graph", "two", "--format", "mermaid").text())
        .startsWith("flowchart TB\n")
        .containsPattern("veth1.*<br/>loss 1%")
        .containsPattern("veth2.*<br/>cut");
    assertThat(lab.run("graph", "two").text()).startsWith("<svg").contains("loss 1%", "cut");
    assertThat(lab.run("graph", "three").code()).isEqualTo(2);
  }
}
