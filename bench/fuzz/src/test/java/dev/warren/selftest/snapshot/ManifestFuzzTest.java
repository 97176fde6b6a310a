package dev.warren.selftest.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Manifests of snapshots, damaged: what is read is what was written, or it is refused. */
class ManifestFuzzTest {
  private static final Manifest MANIFEST =
      new Manifest(
          new SnapshotKey("ad_dc", new TreeMap<>(Map.of("format", "1", "file a \"b\"", "c\n"))),
          "/somewhere/catalogue",
          Instant.parse("2026-01-02T03:04:05.123456789Z"),
          Duration.ofMillis(12_345),
          List.of(
              new Manifest.Archive("client", 0, "00000000", List.of()),
              new Manifest.Archive("addc", 1L << 40, "0123abcd", List.of("/etc/x y"))));

  @Test
  void manifests() throws Exception {
    String good = ManifestJson.text(MANIFEST);
    Fuzz.check(
        "snapshot manifest",
        100,
        Damage.texts(
            List.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"",
                "null",
                "true",
                "1e9",
                "-1",
                "0",
                " ",
                "\n",
                "../",
                "\"host\": ",
                "\"sha256\": ",
                "\\u0000",
                "\\ud800",
                "[[[[[[[["),
            List.of(good)),
        text -> {
          Manifest read;
          try {
            read = ManifestJson.read(text);
          } catch (IOException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return Outcome.REJECTED;
          }
          // Only white space and the order of fields may differ.
          assertThat(read).isEqualTo(MANIFEST);
          return Outcome.ACCEPTED;
        });
  }
}
