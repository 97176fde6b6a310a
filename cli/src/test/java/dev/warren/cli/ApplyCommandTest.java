package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code warren apply} of a changed file. */
@Timeout(60)
class ApplyCommandTest {
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
  void aLabIsMadeAsTheChangedFileSays() throws Exception {
    Files.writeString(
        lab.file(),
        ControlledLab.FILE.replace("  b: {interface: 2}\n", "  c:\n    aliases: [www]\n"));

    assertThat(lab.run("apply", "--dry-run", lab.file().toString()).text())
        .contains("  make the namespaces of host c\n", "! remove host b\n")
        .doesNotContain("host a");
    assertThat(lab.run("ls").text()).contains("  b  ");
    assertThat(lab.run("apply", lab.file().toString()).code()).isZero();

    assertThat(lab.run("ls").text()).contains("  c  ").doesNotContain("  b  ");
    assertThat(lab.launch("exec", "a", "--", "getent", "ahostsv4", "www").text())
        .startsWith("10.9.0.");
    assertThat(lab.launch("exec", "b", "--", "true").code()).isEqualTo(125);
    assertThat(lab.run("apply", lab.file().toString()).text())
        .isEqualTo("Lab two is so already.\n");
  }

  @Test
  void hostsWithoutANumberKeepTheirsWhenOthersComeBeforeThem() throws Exception {
    String more = ControlledLab.FILE.replace("  b: {", "  c:\n  b: {");
    Files.writeString(lab.file(), more);
    assertThat(lab.run("apply", lab.file().toString()).code()).isZero();
    Files.writeString(lab.file(), more.replace("hosts:\n", "hosts:\n  aa:\n"));

    assertThat(lab.run("apply", lab.file().toString(), "two").text())
        .contains("connect veth4 of host aa")
        .doesNotContain("host c", "host b");
  }

  @Test
  void mistakesInAnAppliedFileHaveTheirPlaces() throws Exception {
    Files.writeString(lab.file(), ControlledLab.FILE.replace("interface: 2", "interfaec: 2"));

    Checkout.Result result = lab.run("apply", lab.file().toString());

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.text()).startsWith(lab.file() + ":5:7: unknown key \"interfaec\"");
  }
}
