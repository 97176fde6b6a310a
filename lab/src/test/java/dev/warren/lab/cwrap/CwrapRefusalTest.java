package dev.warren.lab.cwrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostLimits;
import dev.warren.lab.description.Isolation;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.file.LabFile;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.source.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cwrap cannot do is refused, and nothing is left of it. */
@Timeout(60)
class CwrapRefusalTest {
  @TempDir private Path state;

  private LabSettings settings() {
    return LabSettings.in(state).withIsolation(Isolation.CWRAP);
  }

  private void assertRefused(LabBuilder lab, String... parts) {
    assertThatExceptionOfType(CwrapException.class)
        .isThrownBy(() -> Lab.start(lab.build(), settings()).close())
        .satisfies(
            refusal ->
                assertThat(refusal.getMessage())
                    .startsWith("lab x cannot run under cwrap; with --isolation=namespaces it can:")
                    .contains(parts));
    assertThat(state.resolve("cwrap")).doesNotExist();
  }

  @Test
  void everyPartThatNeedsNamespacesIsNamedBeforeAnythingStarts() {
    assertRefused(
        LabDescription.builder("x")
            .network("lan", "192.168.7.0/24")
            .host(HostDescription.named("r").on("lan", 30).forwarding(true))
            .host(
                HostDescription.named("a")
                    .on("lan", 31)
                    .privateDirectory(Path.of("/srv"))
                    .limits(HostLimits.NONE.withProcesses(10))),
        "network lan: a network other than 10.53.57.0/24 and fd00::5357:5f00/112 needs namespaces",
        "host r: a router needs namespaces",
        "host a: the private directory /srv needs namespaces",
        "host a: a limit needs namespaces");
  }

  @Test
  void aServiceOfAStaticProgramIsRefused() {
    assertRefused(
        LabDescription.builder("x")
            .host(
                HostDescription.named("ns")
                    .on("selftest0", 30)
                    .service(ServiceDescription.of("dns", "/sbin/ldconfig").build())),
        "host ns: service dns: ldconfig: a static program needs namespaces");
  }

  @Test
  void aLabFileIsToldTheLine() {
    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(
            () ->
                LabFile.parse(
                    "x.yaml",
                    """
                    isolation: cwrap
                    hosts:
                      a:
                      b: {private: [/srv]}
                    """))
        .withMessageContaining("x.yaml:4:3: host b: the private directory /srv needs namespaces");
  }

  @Test
  void anUnknownIsolationIsToldWhichThereAre() {
    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(() -> LabFile.parse("x.yaml", "isolation: docker\nhosts: {a: }\n"))
        .withMessageContaining(
            "x.yaml:1:12: no isolation \"docker\", only auto, namespaces, cwrap");
  }

  @Test
  void whatIsAskedOfARunningLabIsRefusedByName() throws Exception {
    LabDescription two =
        LabDescription.builder("two")
            .host(HostDescription.named("a").on("selftest0", 30))
            .host(HostDescription.named("b").on("selftest0", 31))
            .build();
    try (Lab lab = Lab.start(two, settings())) {
      Host a = lab.host("a");
      assertNeedsNamespaces(() -> a.call(() -> 1), "Java code inside host a");
      assertThatIllegalStateException().isThrownBy(a::executor);
      assertNeedsNamespaces(a::isolate, "cutting a link");
      assertNeedsNamespaces(
          () -> lab.partition("selftest0", java.util.List.of(Set.of("a"))), "parting network");
      assertNeedsNamespaces(
          () -> lab.setConditions("a", 30, LinkConditions.PERFECT), "a link's conditions");
      assertNeedsNamespaces(() -> lab.apply(two), "changing a running lab");
      assertThatExceptionOfType(CwrapException.class)
          .isThrownBy(() -> a.start(HostCommand.of("ping", "b").terminal(24, 80)))
          .withMessageContaining("terminal");
    }
  }

  private static void assertNeedsNamespaces(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable asked, String what) {
    assertThatExceptionOfType(CwrapException.class)
        .isThrownBy(asked)
        .withMessageContaining(what)
        .withMessageContaining("needs namespaces (--isolation=namespaces)");
  }

  @Test
  void programsThatAskTheKernelForMoreAreNotStarted() throws IOException {
    LabDescription one =
        LabDescription.builder("one").host(HostDescription.named("a").on("selftest0", 30)).build();
    try (Lab lab = Lab.start(one, settings())) {
      assertThatExceptionOfType(CwrapException.class)
          .isThrownBy(() -> lab.host("a").start(HostCommand.of("mount")))
          .withMessage("start mount in host a: mount: mounts need namespaces");
    }
  }
}
