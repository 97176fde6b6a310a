package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What all commands to a lab which another process keeps have in common. */
@Timeout(60)
class ControlCommandsTest {
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
  void whatIsWrongIsOneLineAndTwo() throws Exception {
    assertThat(lab.run("partition", "wan", "a"))
        .isEqualTo(new Checkout.Result(2, "warren: lab two has no network wan, only [lan]\n"));
    assertThat(lab.run("partition", "lan"))
        .isEqualTo(
            new Checkout.Result(
                2, "warren: say the groups of hosts, or --heal: see `warren partition --help`\n"));
    assertThat(lab.run("link", "cut", "root").text())
        .startsWith("warren: host root has no link: the root is on the bridges themselves");
    assertThat(lab.run("reboot", "c"))
        .isEqualTo(
            new Checkout.Result(1, "warren: lab \"two\" has no host \"c\", only root, a, b\n"));
    assertThat(lab.run("ps", "three/"))
        .isEqualTo(new Checkout.Result(1, "warren: no lab \"three\" is running, only two\n"));
    assertThat(lab.run("link").code()).isEqualTo(2);
  }

  @Test
  void eventsAreWrittenAsTheyHappen() throws Exception {
    lab.run("link", "cut", "a");
    lab.run("reboot", "b");

    List<String> lines = lab.run("events", "--json").text().lines().toList();
    assertThat(lines).hasSize(5);
    JsonNode cut = JsonMapper.builder().build().readTree(lines.get(3));
    assertThat(cut.path("time").stringValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(cut.path("type").stringValue()).isEqualTo("link-cut");
    assertThat(cut.path("host").stringValue()).isEqualTo("a");
    assertThat(cut.path("network").stringValue()).isEqualTo("lan");
    assertThat(lab.run("events", "two").text())
        .containsPattern("link-cut host=a link=veth1 network=lan\n")
        .containsPattern("host-rebooted host=b pid=[0-9]+\n");
  }
}
