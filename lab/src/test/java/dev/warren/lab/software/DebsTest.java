package dev.warren.lab.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebsTest {
  @TempDir Path work;
  private Path layer = Path.of("/nowhere");

  @BeforeEach
  void makeLayer() throws Exception {
    layer = Files.createDirectory(work.resolve("layer"));
  }

  @Test
  void unpacksFilesWithoutTheirScripts() throws Exception {
    Path deb =
        new FakeDeb(work, "a")
            .file("usr/bin/a", "#!/bin/sh\n")
            .file("etc/a.conf", "x\n")
            .build(work);
    Debs.unpack(deb, layer);
    assertThat(layer.resolve("usr/bin/a")).hasContent("#!/bin/sh\n");
    assertThat(layer.resolve("etc/a.conf")).hasContent("x\n");
    assertThat(layer.resolve("DEBIAN")).doesNotExist();
  }

  @Test
  void movesWhatAMergedUsrHasTakenIn() throws Exception {
    Debs.unpack(
        new FakeDeb(work, "a").file("usr/lib/x/one.so", "1").link("usr/lib/y", "x").build(work),
        layer);
    Debs.unpack(
        new FakeDeb(work, "b")
            .file("lib/x/two.so", "2")
            .link("lib/x/two.so.1", "two.so")
            .file("sbin/tool", "t")
            .build(work),
        layer);
    assertThat(layer.resolve("usr/lib/x/one.so")).hasContent("1");
    assertThat(layer.resolve("usr/lib/x/two.so.1")).isSymbolicLink().hasContent("2");
    assertThat(layer.resolve("usr/lib/y")).isSymbolicLink();
    assertThat(layer.resolve("usr/sbin/tool")).hasContent("t");
    assertThat(layer.resolve("lib")).doesNotExist();
  }

  @Test
  void saysWhichArchiveIsBroken() throws Exception {
    Path broken = Files.writeString(work.resolve("broken_1_all.deb"), "no archive");
    assertThatThrownBy(() -> Debs.unpack(broken, layer))
        .isInstanceOf(SoftwareException.class)
        .hasMessageContaining("broken_1_all.deb");
  }
}
