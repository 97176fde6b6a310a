package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.process.HostCommand;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is captured of a testenv in which somebody works, in namespaces. */
@Timeout(120)
class TestenvSessionTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeCatalogue() throws IOException {
    Path catalogue = Files.createDirectory(folder.resolve("catalogue"));
    Files.writeString(
        catalogue.resolve("catalogue.yaml"),
        "summary: For tests\nclient: {name: client, interfaces: [11]}\n");
    Files.writeString(
        catalogue.resolve("quiet.yaml"),
        "summary: A testenv\nhost: {name: quiet, interface: 30}\n");
  }

  @Test
  void capturesTheSetUpAndWhatIsSentThen() throws Exception {
    try (TestenvSession session = open(CaptureChoice.ALL)) {
      send(session, "in the session");
      assertThat(session.endCapture(false)).contains(Path.of("captures/quiet.pcapng"));
    }
    assertThat(captures()).containsExactly("env-quiet-setup.pcapng", "quiet.pcapng");
    assertThat(folder.resolve("st/captures/quiet.pcapng"))
        .binaryContent()
        .asString(StandardCharsets.ISO_8859_1)
        .contains("in the session");
  }

  @Test
  void keepsTheCaptureOfWhatFailed() throws Exception {
    try (TestenvSession session = open(CaptureChoice.FAILED)) {
      assertThat(session.endCapture(true)).contains(Path.of("captures/quiet.pcapng"));
    }
    assertThat(captures()).containsExactly("quiet.pcapng");
  }

  @Test
  void keepsNoCaptureOfWhatWentWell() throws Exception {
    try (TestenvSession session = open(CaptureChoice.FAILED)) {
      assertThat(session.endCapture(false)).isEmpty();
    }
    assertThat(captures()).isEmpty();
  }

  @Test
  void capturesNothingUnlessAsked() throws Exception {
    try (TestenvSession session = open(CaptureChoice.NONE)) {
      assertThat(session.endCapture(true)).isEmpty();
    }
    assertThat(folder.resolve("st/captures")).doesNotExist();
  }

  @Test
  void takesStepsInTheHostOfANeed() throws Exception {
    Files.writeString(
        folder.resolve("catalogue/loud.yaml"),
        """
        summary: Another
        needs: [quiet]
        host: {name: loud, interface: 31}
        provision:
          - {step: there, in: quiet, run: 'hostname > there; echo "$PWD" >> there'}
          - {step: here, run: hostname > here}
        exports: {THERE: {run: cat there}, HERE: {run: cat here}}
        """);

    try (TestenvSession session = open("loud", CaptureChoice.NONE)) {
      assertThat(session.exports())
          .containsEntry("THERE", "quiet\n/run/warren/st/loud")
          .containsEntry("HERE", "loud");
    }
  }

  private TestenvSession open(CaptureChoice captures) throws Exception {
    return open("quiet", captures);
  }

  private TestenvSession open(String testenv, CaptureChoice captures) throws Exception {
    LabOptions options =
        LabOptions.of(
                CatalogueReader.read(folder.resolve("catalogue")),
                folder.resolve("st"),
                folder.resolve("cache"),
                LabOpener.below(folder.resolve("labs")))
            .withSoftware(SoftwareChoice.INSTALLED)
            .withWatch(new Watch(captures, Duration.ofSeconds(60), Optional.empty()));
    return TestenvSession.open(options, TestenvChoice.parse(testenv).orElseThrow(), _ -> {});
  }

  private static void send(TestenvSession session, String text) throws Exception {
    Process sender =
        session
            .host()
            .start(HostCommand.of("bash", "-c", "echo '" + text + "' >/dev/udp/10.53.57.30/7"));
    assertThat(sender.waitFor()).isZero();
  }

  private List<String> captures() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("st/captures"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
