package dev.warren.lab.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayersTest {
  @TempDir Path cache;

  @Test
  void makesALayerOnce() throws Exception {
    Layers layers = new Layers(cache);
    Path first = layers.layer("k", folder -> Files.writeString(folder.resolve("f"), "1"));
    Path second =
        layers.layer(
            "k",
            folder -> {
              throw new IOException("made twice");
            });
    assertThat(second).isEqualTo(first);
    assertThat(first.resolve("f")).hasContent("1");
  }

  @Test
  void leavesNothingOfABuildThatFails() throws Exception {
    Layers layers = new Layers(cache);
    assertThatThrownBy(
            () ->
                layers.layer(
                    "k",
                    folder -> {
                      Files.writeString(folder.resolve("half"), "x");
                      throw new IOException("no space");
                    }))
        .hasMessage("no space");
    assertThat(cache.resolve("layers")).isEmptyDirectory();
  }

  @Test
  void removesWhatADeadBuilderLeft() throws Exception {
    Layers layers = new Layers(cache);
    Path left = Files.createDirectories(cache.resolve("layers/.new-dead/usr"));
    layers.layer("k", folder -> {});
    assertThat(left.getParent()).doesNotExist();
  }

  @Test
  void forgetsAnAnswerWhoseLayerIsGone() throws Exception {
    Layers layers = new Layers(cache);
    Path layer = layers.layer("k", folder -> {});
    layers.remember("request", new Layers.Answer(Optional.of(layer)));
    assertThat(layers.recall("request")).contains(new Layers.Answer(Optional.of(layer)));
    Files.delete(layer);
    assertThat(layers.recall("request")).isEmpty();
  }

  @Test
  void remembersThatNothingWasMissing() throws Exception {
    Layers layers = new Layers(cache);
    layers.remember("request", new Layers.Answer(Optional.empty()));
    assertThat(layers.recall("request")).contains(new Layers.Answer(Optional.empty()));
  }
}
