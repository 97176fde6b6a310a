package dev.warren.selftest.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.snapshot.SnapshotStore.Removal;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The cache of snapshots: what several Warrens do to it, and what is never used. */
@Timeout(60)
class SnapshotStoreTest {
  private static final Optional<Instant> ANY_AGE = Optional.empty();

  @TempDir Path cache;
  private final List<String> notices = new ArrayList<>();

  @Test
  void givesBackWhatWasPutThere() throws Exception {
    put("a", "the state");
    try (Snapshot snapshot = store().open(key("a"), ANY_AGE).orElseThrow()) {
      Manifest manifest = snapshot.manifest();
      assertThat(manifest.key()).isEqualTo(key("a"));
      assertThat(manifest.setUp()).isEqualTo(Duration.ofSeconds(12));
      assertThat(snapshot.archive("host").removed()).containsExactly("/etc/gone");
      for (int again = 0; again < 2; again++) {
        try (InputStream in = snapshot.read(snapshot.archive("host"))) {
          assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("the state");
        }
      }
    }
    assertThat(notices).isEmpty();
  }

  @Test
  void showsNobodyADraft() throws Exception {
    try (SnapshotDraft draft = store().draft(key("a"))) {
      draft.add("host", List.of(), out -> out.write(1));
      assertThat(store().open(key("a"), ANY_AGE)).isEmpty();
      assertThat(store().list()).isEmpty();
      // Another one leaves it alone while its maker lives.
      put("b", "state");
      draft.commit("here", Duration.ZERO);
    }
    assertThat(store().has(key("a"), ANY_AGE)).isTrue();
  }

  @Test
  void removesWhatAKilledJvmWasWriting() throws Exception {
    Process writer = writer();
    assertThat(entries()).anyMatch(name -> name.startsWith(".new-"));
    put("b", "state");
    assertThat(entries()).as("its writer lives").anyMatch(name -> name.startsWith(".new-"));

    writer.destroyForcibly();
    assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(store().open(key("written"), ANY_AGE)).isEmpty();
    assertThat(store().prune(Long.MAX_VALUE)).isEmpty();
    assertThat(entries()).containsExactlyInAnyOrder("lock", key("b").name());
  }

  @Test
  void replacesOneThatIsReadWithoutHarmToWhoReadsIt() throws Exception {
    put("a", "first");
    Snapshot read = store().open(key("a"), ANY_AGE).orElseThrow();
    try (read) {
      put("a", "second");
      try (InputStream in = read.read(read.archive("host"))) {
        assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("first");
      }
    }
    try (Snapshot now = store().open(key("a"), ANY_AGE).orElseThrow();
        InputStream in = now.read(now.archive("host"))) {
      assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("second");
    }
    var _ = store().prune(Long.MAX_VALUE);
    assertThat(entries()).containsExactlyInAnyOrder("lock", key("a").name());
  }

  @Test
  void doesNotRemoveOneThatIsBeingUsed() throws Exception {
    put("a", "state");
    try (Snapshot _ = store().open(key("a"), ANY_AGE).orElseThrow();
        Snapshot _ = store().open(key("a"), ANY_AGE).orElseThrow()) {
      assertThat(store().remove(key("a").name())).isEqualTo(Removal.IN_USE);
      assertThat(store().prune(0)).isEmpty();
      assertThat(store().list()).singleElement().matches(StoredSnapshot::inUse);
    }
    assertThat(store().remove(key("a").name())).isEqualTo(Removal.DONE);
    assertThat(store().remove(key("a").name())).isEqualTo(Removal.ABSENT);
  }

  @Test
  void removesNothingOutsideOfItself() throws Exception {
    put("a", "state");
    Path other = Files.createDirectory(cache.resolve("layers"));
    assertThat(store().remove("../layers")).isEqualTo(Removal.ABSENT);
    assertThat(store().remove(".")).isEqualTo(Removal.ABSENT);
    assertThat(other).exists();
  }

  @Test
  void keepsWhatWasUsedLastWhenThereIsTooMuch() throws Exception {
    String state = "x".repeat(100_000);
    put("a", state);
    put("b", state);
    put("c", state);
    usedBefore("a", 3);
    usedBefore("b", 2);
    usedBefore("c", 1);
    store().open(key("a"), ANY_AGE).orElseThrow().close();
    assertThat(new SnapshotStore(cache, 250_000, notices::add).prune(250_000))
        .extracting(StoredSnapshot::name)
        .containsExactly(key("b").name());

    // The one that was just made stays, however large it is.
    SnapshotStore small = new SnapshotStore(cache, 10, notices::add);
    put(small, "d", state);
    assertThat(store().list()).extracting(StoredSnapshot::name).containsExactly(key("d").name());
  }

  @Test
  void listsADamagedOneAndPrunesItFirst() throws Exception {
    put("a", "state");
    put("b", "state");
    Files.writeString(
        cache.resolve("snapshots").resolve(key("a").name()).resolve("manifest.json"), "{");
    assertThat(store().list())
        .extracting(one -> one.manifest().isPresent())
        .containsExactlyInAnyOrder(true, false);
    assertThat(store().prune(Long.MAX_VALUE))
        .extracting(StoredSnapshot::name)
        .containsExactly(key("a").name());
  }

  @Test
  void doesNotUseAnothersSnapshotUnderItsName() throws Exception {
    put("a", "state");
    Path snapshots = cache.resolve("snapshots");
    Files.move(snapshots.resolve(key("a").name()), snapshots.resolve(key("b").name()));
    assertThat(store().open(key("b"), ANY_AGE)).isEmpty();
    assertThat(notices)
        .containsExactly(
            "the snapshot %s was damaged and is removed: it is another's"
                .formatted(key("b").name()));
  }

  @Test
  void doesNotCountWhatIsTooOld() throws Exception {
    put("a", "state");
    Optional<Instant> now = Optional.of(Instant.now().plusSeconds(1));
    assertThat(store().has(key("a"), now)).isFalse();
    assertThat(store().open(key("a"), now)).isEmpty();
    assertThat(store().has(key("a"), ANY_AGE)).isTrue();
    assertThat(notices).isEmpty();
  }

  private SnapshotStore store() {
    return new SnapshotStore(cache, SnapshotPolicy.DEFAULT_LIMIT, notices::add);
  }

  private void put(String testenv, String state) throws Exception {
    put(store(), testenv, state);
  }

  private static void put(SnapshotStore store, String testenv, String state) throws Exception {
    try (SnapshotDraft draft = store.draft(key(testenv))) {
      draft.add(
          "host", List.of("/etc/gone"), out -> out.write(state.getBytes(StandardCharsets.UTF_8)));
      var _ = draft.commit("here", Duration.ofSeconds(12));
    }
  }

  private void usedBefore(String testenv, int hours) throws Exception {
    Files.setLastModifiedTime(
        cache.resolve("snapshots").resolve(key(testenv).name()).resolve("used"),
        FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
  }

  private List<String> entries() throws Exception {
    try (Stream<Path> all = Files.list(cache.resolve("snapshots"))) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static SnapshotKey key(String testenv) {
    return new SnapshotKey(testenv, new TreeMap<>(Map.of("format", "1")));
  }

  /** Another JVM, in the middle of writing. */
  private Process writer() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path") + ":" + System.getProperty("jdk.module.path"),
                Writer.class.getName(),
                cache.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(said.readLine()).isEqualTo("writing");
    return process;
  }

  /** Writes a snapshot without an end. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      SnapshotStore store =
          new SnapshotStore(Path.of(arguments[0]), Long.MAX_VALUE, System.err::println);
      try (SnapshotDraft draft = store.draft(key("written"))) {
        draft.add(
            "host",
            List.of(),
            out -> {
              out.write(new byte[1 << 20]);
              out.flush();
              System.out.println("writing");
              TimeUnit.MINUTES.sleep(2);
            });
      }
    }
  }
}
