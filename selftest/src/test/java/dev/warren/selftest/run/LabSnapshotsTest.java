package dev.warren.selftest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.Host;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.report.RunEvent;
import dev.warren.selftest.snapshot.SnapshotPolicy;
import dev.warren.selftest.snapshot.SnapshotStore;
import dev.warren.selftest.snapshot.StoredSnapshot;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.CatalogueReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Testenvs that start from snapshots, in namespaces, with services that are shell scripts. */
@Timeout(120)
class LabSnapshotsTest {
  private static final Path CATALOGUE = Path.of("src/test/resources/snapshots");

  private static final SnapshotPolicy ON =
      SnapshotPolicy.on(SnapshotPolicy.DEFAULT_LIMIT).withStopLimit(Duration.ofSeconds(1));

  @TempDir Path folder;
  private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());

  @Test
  void givesBackFilesOfEveryKindAsTheyWere() throws Exception {
    String cold;
    try (TestenvSession session = open("keeper:local", ON)) {
      cold = run(session, "bash \"$CATALOGUE\"/files/show.sh");
    }
    assertThat(cold)
        .contains("NTACL 000102", "has holes", "files/sparse", "/etc/added.d/more", "/srv/deep/er")
        .doesNotContain("krb5.conf");
    assertThat(fromSnapshot()).isEmpty();

    try (TestenvSession session = open("keeper:local", ON)) {
      assertThat(run(session, "bash \"$CATALOGUE\"/files/show.sh")).isEqualTo(cold);
      assertThat(run(session.lab().root(), session, "cat /root/mark /srv/mark"))
          .isEqualTo("mine\ntheirs\n");
    }
    assertThat(fromSnapshot()).containsExactly("keeper");
  }

  @Test
  void runsNoStepAgainButThoseThatSayAlways() throws Exception {
    try (TestenvSession session = open("keeper", ON)) {
      // At the first start, and when it went on after it was saved.
      assertThat(session.exports()).containsEntry("FINISHED", "once always always");
    }
    events.clear();
    try (TestenvSession session = open("keeper", ON)) {
      assertThat(session.exports()).containsEntry("FINISHED", "once always always");
    }
    assertThat(steps())
        .containsExactly(
            "restore its state",
            "start server",
            "it has a PID file",
            "finish always",
            "export variables");
  }

  @Test
  void stopsServicesCleanlyBeforeTheyAreSaved() throws Exception {
    try (TestenvSession session = open("keeper:local", ON)) {
      assertThat(run(session, "cat \"$PREFIX\"/keeper/ended")).isEqualTo("bye\n");
    }
    try (TestenvSession session = open("keeper:local", ON)) {
      assertThat(run(session, "cat \"$PREFIX\"/keeper/ended; cat \"$PREFIX\"/keeper/pid | wc -l"))
          .isEqualTo("bye\n1\n");
    }
  }

  @Test
  void startsFromTheSnapshotOfTheLargestNeedAndSetsUpTheRest() throws Exception {
    open("keeper", ON).close();
    events.clear();
    try (TestenvSession session = open("guest:local", ON)) {
      assertThat(run(session, "cat \"$PREFIX\"/keeper/book")).isEqualTo("guest\n");
    }
    assertThat(fromSnapshot()).containsExactly("keeper");
    assertThat(steps()).contains("sign the book").doesNotContain("make files of every kind");

    events.clear();
    try (TestenvSession session = open("guest:local", ON)) {
      assertThat(run(session, "cat \"$PREFIX\"/keeper/book \"$PREFIX\"/guest/own"))
          .isEqualTo("guest\nmine\n");
      assertThat(session.exports()).containsEntry("FROM_KEEPER", "once always always always");
    }
    assertThat(fromSnapshot()).containsExactly("keeper", "guest");
  }

  @Test
  void leavesTheSnapshotOfANeedAsItWas() throws Exception {
    open("keeper", ON).close();
    open("guest", ON).close();
    try (TestenvSession session = open("keeper:local", ON)) {
      assertThat(run(session, "ls \"$PREFIX\" \"$PREFIX\"/keeper")).doesNotContain("guest", "book");
    }
  }

  /** What becomes of a snapshot on a disk. */
  enum Damage {
    HALF {
      @Override
      void of(Path snapshot) throws IOException {
        Path archive = snapshot.resolve("keeper.tar");
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
          file.setLength(file.length() / 2);
        }
      }
    },
    FLIPPED {
      @Override
      void of(Path snapshot) throws IOException {
        flip(snapshot.resolve("keeper.tar"));
      }
    },
    FLIPPED_IN_THE_MANIFEST {
      @Override
      void of(Path snapshot) throws IOException {
        flip(snapshot.resolve("manifest.json"));
      }
    },
    WITHOUT_A_HOST {
      @Override
      void of(Path snapshot) throws IOException {
        Files.delete(snapshot.resolve("client.tar"));
      }
    },
    WITHOUT_A_MANIFEST {
      @Override
      void of(Path snapshot) throws IOException {
        Files.delete(snapshot.resolve("manifest.json"));
      }
    };

    abstract void of(Path snapshot) throws IOException;

    private static void flip(Path archive) throws IOException {
      try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
        long middle = file.length() / 2;
        file.seek(middle);
        int value = file.read();
        file.seek(middle);
        file.write(value ^ 1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void removesADamagedSnapshotAndMakesItAnew(Damage damage) throws Exception {
    open("keeper", ON).close();
    Path snapshot = cache().resolve("snapshots").resolve(stored().getFirst().name());
    damage.of(snapshot);
    events.clear();

    open("keeper", ON).close();
    assertThat(fromSnapshot()).isEmpty();
    assertThat(told())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("the snapshot keeper-")
                    .contains(" was damaged and is removed: "));
    open("keeper", ON).close();
    assertThat(fromSnapshot()).containsExactly("keeper");
  }

  @Test
  void saysWhyAServiceThatDoesNotEndCannotBeSavedAndGoesOn() throws Exception {
    try (TestenvSession session = open("stubborn:local", ON)) {
      assertThat(session.exports()).containsEntry("STATE", "kept");
      assertThat(run(session, "pgrep -fc 'sleep 600' || true").strip()).isNotEqualTo("0");
    }
    assertThat(told())
        .contains(
            "no snapshot of stubborn: the service \"stubborn\" of stubborn does not end within 1 s"
                + " of SIGTERM");
    assertThat(stored()).isEmpty();
  }

  @Test
  void setsUpAnewInTheSameLabWhatDoesNotStartFromItsSnapshot() throws Exception {
    try (TestenvSession session = open("forgetful:local", ON)) {
      assertThat(run(session, "cat /tmp/needed")).isEqualTo("here\n");
    }
    events.clear();
    try (TestenvSession session = open("forgetful:local", ON)) {
      assertThat(run(session, "cat /tmp/needed; ls \"$PREFIX\"/forgetful; hostname"))
          .isEqualTo("here\nlogs\nprepared\nforgetful\n");
    }
    assertThat(told())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("starting forgetful from its snapshot failed, which is removed: "));
    assertThat(steps()).contains("restore its state", "prepare");
  }

  @Test
  void setsUpAnewWhatDoesNotStartAgainAfterItWasSaved() throws Exception {
    try (TestenvSession session = open("once", ON)) {
      assertThat(session.exports()).containsEntry("PREPARED", "1");
    }
    assertThat(told())
        .anySatisfy(
            line -> assertThat(line).startsWith("starting once again after it was saved failed: "));
    assertThat(stored()).isEmpty();
  }

  @Test
  void makesNoSnapshotOfWhatHasNothingToSave() throws Exception {
    open("plain", ON).close();
    assertThat(stored()).isEmpty();
  }

  @Test
  void neitherMakesNorUsesSnapshotsWhenTheyAreOff() throws Exception {
    open("keeper", SnapshotPolicy.OFF).close();
    assertThat(stored()).isEmpty();
    open("keeper", ON).close();
    open("keeper", SnapshotPolicy.OFF).close();
    assertThat(fromSnapshot()).isEmpty();
  }

  @Test
  void usesOfItsOwnSnapshotsOnlyWhenAFreshRunIsAskedFor() throws Exception {
    open("keeper", ON).close();
    StoredSnapshot first = stored().getFirst();
    SnapshotPolicy fresh = SnapshotPolicy.fresh(SnapshotPolicy.DEFAULT_LIMIT);

    open("keeper", fresh).close();
    assertThat(fromSnapshot()).isEmpty();
    assertThat(stored()).hasSize(1);
    assertThat(stored().getFirst().manifest().orElseThrow().made())
        .isAfter(first.manifest().orElseThrow().made());

    open("keeper", fresh).close();
    assertThat(fromSnapshot()).containsExactly("keeper");
  }

  @Test
  void saysWhatHasChangedSinceTheSnapshotWasMade() throws Exception {
    Path mine = copyOfTheCatalogue();
    open(mine, "keeper", ON).close();
    Files.writeString(mine.resolve("files/make.sh"), "echo more\n", StandardOpenOption.APPEND);
    open(mine, "keeper", ON).close();
    assertThat(told())
        .contains("keeper is set up anew, for its snapshot is of another file files/make.sh");
    assertThat(fromSnapshot()).isEmpty();
    assertThat(stored()).hasSize(2);
  }

  @Test
  void letsSeveralLabsStartAtOnceColdAndFromTheSnapshot() throws Exception {
    for (int round = 0; round < 2; round++) {
      events.clear();
      List<Callable<String>> labs = new ArrayList<>();
      for (int lab = 0; lab < 3; lab++) {
        labs.add(
            () -> {
              try (TestenvSession session = open("keeper:local", ON)) {
                // Not there where another lab was faster: then this one was not stopped.
                return run(session, "cd \"$PREFIX\"/keeper; if [ -e ended ]; then cat ended; fi");
              }
            });
      }
      try (ExecutorService threads =
          Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
        for (Future<String> lab : threads.invokeAll(labs)) {
          assertThat(lab.get()).matches("(bye\\n)?");
        }
      }
      assertThat(stored()).hasSize(1);
    }
    assertThat(fromSnapshot()).containsExactly("keeper", "keeper", "keeper");
    try (Stream<Path> all = Files.list(cache().resolve("snapshots"))) {
      assertThat(all.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("lock", stored().getFirst().name());
    }
  }

  private Path copyOfTheCatalogue() throws IOException {
    Path copy = folder.resolve("catalogue");
    try (Stream<Path> all = Files.walk(CATALOGUE)) {
      for (Path one : all.toList()) {
        Files.copy(one, copy.resolve(CATALOGUE.relativize(one).toString()));
      }
    }
    return copy;
  }

  private List<StoredSnapshot> stored() throws IOException {
    return new SnapshotStore(cache(), SnapshotPolicy.DEFAULT_LIMIT, line -> {}).list();
  }

  private TestenvSession open(String testenv, SnapshotPolicy policy) throws Exception {
    return open(CATALOGUE, testenv, policy);
  }

  private TestenvSession open(Path catalogue, String testenv, SnapshotPolicy policy)
      throws Exception {
    return TestenvSession.open(
        options(catalogue, policy), TestenvChoice.parse(testenv).orElseThrow(), events::add);
  }

  private LabOptions options(Path from, SnapshotPolicy policy) throws Exception {
    Catalogue catalogue = CatalogueReader.read(from);
    Path state = Files.createTempDirectory(folder, "state");
    return LabOptions.of(
            catalogue, state.resolve("st"), cache(), LabOpener.below(state.resolve("labs")))
        .withSoftware(SoftwareChoice.INSTALLED)
        .withSnapshots(policy);
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private static String run(TestenvSession session, String script) throws Exception {
    return run(session.host(), session, script);
  }

  private static String run(Host host, TestenvSession session, String script) throws Exception {
    Process process =
        host.start(
            HostCommand.shell(script)
                .mergeErrors()
                .environment(session.environment())
                .variables(
                    Map.of(
                        "PREFIX",
                        LabPaths.USUAL.prefix().toString(),
                        "CATALOGUE",
                        LabPaths.USUAL.catalogue().toString())));
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** The testenvs that started from a snapshot, in order. */
  private List<String> fromSnapshot() {
    return events.stream()
        .filter(RunEvent.TestenvReady.class::isInstance)
        .map(RunEvent.TestenvReady.class::cast)
        .filter(RunEvent.TestenvReady::fromSnapshot)
        .map(RunEvent.TestenvReady::testenv)
        .toList();
  }

  private List<String> steps() {
    return events.stream()
        .filter(RunEvent.TestenvStep.class::isInstance)
        .map(event -> ((RunEvent.TestenvStep) event).step())
        .toList();
  }

  private List<String> told() {
    return events.stream()
        .filter(RunEvent.Progress.class::isInstance)
        .map(event -> ((RunEvent.Progress) event).message())
        .toList();
  }
}
