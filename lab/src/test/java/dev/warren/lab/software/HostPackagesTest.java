package dev.warren.lab.software;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.process.HostCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packages of single hosts, in real labs; where packages come from is SoftwareTest's. */
@Timeout(120)
class HostPackagesTest {
  private static final LabDescription LAB =
      LabDescription.builder("packages")
          .network("lan", "10.9.0.0/24")
          .host(HostDescription.named("a").packages("greeter"))
          .host(HostDescription.named("b"))
          .build();

  @TempDir Path folder;
  @TempDir Path state;
  private final Collection<String> asked = new ConcurrentLinkedQueue<>();

  @Test
  void aHostHasTheProgramsAndTheConfigurationOfItsPackagesAndTheOthersDoNot() throws Exception {
    LabSettings settings = LabSettings.in(state).withPackages(unpacked());

    try (Lab lab = Lab.start(LAB, settings)) {
      assertThat(ask(lab.host("a"), "greet")).isEqualTo("configured: hello\n");
      assertThat(ask(lab.host("b"), "ls /usr/bin/greet /etc/greet.conf 2>&1"))
          .contains("No such file");
    }
    assertThat(Path.of("/usr/bin/greet")).doesNotExist();
    assertThat(asked).containsOnly("[greeter]");
  }

  @Test
  void aHostCanChangeTheConfigurationOfItsPackages() throws Exception {
    LabSettings settings = LabSettings.in(state).withPackages(unpacked());

    try (Lab lab = Lab.start(LAB, settings)) {
      assertThat(ask(lab.host("a"), "echo 'say=new' > /etc/greet.conf && greet"))
          .isEqualTo("configured: new\n");
    }
    assertThat(folder.resolve("layer/etc/greet.conf")).hasContent("say=hello");
  }

  @Test
  void packagesOfAHostLieOverTheSoftwareOfTheLab() throws Exception {
    Path common = folder.resolve("common/usr/bin");
    Files.createDirectories(common);
    script(common.resolve("common"), "echo from the lab");
    script(common.resolve("greet"), "echo the lab greets");
    LabSettings settings =
        LabSettings.in(state)
            .withPackages(unpacked())
            .withSoftwareLayers(List.of(folder.resolve("common")));

    try (Lab lab = Lab.start(LAB, settings)) {
      assertThat(ask(lab.host("a"), "common; greet; test -x /usr/bin/env"))
          .isEqualTo("from the lab\nconfigured: hello\n");
      assertThat(ask(lab.host("b"), "greet")).isEqualTo("the lab greets\n");
    }
  }

  @Test
  void whatTheMachineHasAlreadyNeedsNoLayer() throws Exception {
    LabSettings settings = LabSettings.in(state).withPackages(_ -> Optional.empty());

    try (Lab lab = Lab.start(LAB, settings)) {
      assertThat(ask(lab.host("a"), "echo runs")).isEqualTo("runs\n");
    }
  }

  @Test
  void packagesThatCannotBeHadEndTheStartBeforeAnythingIsMade() {
    LabSettings settings =
        LabSettings.in(state)
            .withPackages(
                packages -> {
                  throw new SoftwareException("no archive has " + packages);
                });

    assertThatIOException()
        .isThrownBy(() -> Lab.start(LAB, settings).close())
        .isInstanceOf(SoftwareException.class)
        .withMessage("no archive has [greeter]");
    assertThat(state).isEmptyDirectory();
  }

  @Test
  void withoutAnArchiveTheErrorSaysWhatToCheck() throws Exception {
    FakeArchive closed = new FakeArchive(folder, _ -> {});
    closed.close();
    Path status = Files.writeString(folder.resolve("status"), "");
    Software software =
        new Software(folder.resolve("cache"), status, closed.settings(folder), asked::add);
    LabSettings settings =
        LabSettings.in(state).withPackages(software.source(SoftwareChoice.PACKAGES));

    assertThatIOException()
        .isThrownBy(() -> Lab.start(LAB, settings).close())
        .withMessageContaining("fetching Debian's package lists: ")
        .withMessageContaining("check the network and http_proxy");
    assertThat(asked).containsExactly("fetching Debian's package lists");
  }

  /** A package whose program reads its configuration, as if it had been fetched. */
  private PackageSource unpacked() throws Exception {
    Path layer = folder.resolve("layer");
    Files.createDirectories(layer.resolve("usr/bin"));
    Files.createDirectories(layer.resolve("etc"));
    Files.writeString(layer.resolve("etc/greet.conf"), "say=hello\n");
    script(layer.resolve("usr/bin/greet"), ". /etc/greet.conf; echo configured: $say");
    return packages -> {
      asked.add(packages.toString());
      return Optional.of(layer);
    };
  }

  private static void script(Path file, String text) throws Exception {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setAttribute(file, "unix:mode", 0755);
  }

  private static String ask(Host host, String script) throws Exception {
    Process process = host.start(HostCommand.shell(script).mergeErrors());
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
