package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.selftest.snapshot.Snapshot;
import dev.warren.selftest.snapshot.SnapshotDraft;
import dev.warren.selftest.snapshot.SnapshotKey;
import dev.warren.selftest.snapshot.SnapshotPolicy;
import dev.warren.selftest.snapshot.SnapshotStore;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code warren snapshot}, and what commands do with snapshots. */
class SnapshotCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void saysHowToGetOneWhereThereIsNone() {
    assertThat(run("snapshot", "ls")).isZero();
    assertThat(err)
        .hasToString("There is no snapshot: `warren testenv NAME` makes one of what it sets up.\n");
    assertThat(run("snapshot", "ls", "--json")).isZero();
    assertThat(out).hasToString("[ ]\n");
  }

  @Test
  void listsThemWithWhatTheySave() throws Exception {
    put("web", "1");
    Files.writeString(put("db", "1").resolve("manifest.json"), "?");

    assertThat(run("snapshot", "ls")).isZero();
    assertThat(out.toString().lines())
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("SNAPSHOT").endsWith("USED"),
            line -> assertThat(line).contains(key("db", "1").name(), "(damaged)"),
            line -> assertThat(line).contains(key("web", "1").name(), "/mine", " kB  12 s"));
  }

  @Test
  void listsThemForPrograms() throws Exception {
    put("web", "1");
    assertThat(run("snapshot", "ls", "--json")).isZero();
    assertThat(out)
        .asString()
        .contains(
            "\"name\" : \"" + key("web", "1").name() + "\"",
            "\"damaged\" : false",
            "\"inUse\" : false",
            "\"setUpMillis\" : 12345",
            "\"format\" : \"1\"",
            "\"crc32c\" : ");
  }

  @Test
  void removesOneByItsNameOrAllOfATestenv() throws Exception {
    put("web", "1");
    put("web", "2");
    put("db", "1");
    assertThat(run("snapshot", "rm", key("web", "1").name())).isZero();
    assertThat(store().list()).hasSize(2);
    put("web", "1");
    assertThat(run("snapshot", "rm", "web", key("web", "1").name())).isZero();
    assertThat(out.toString().lines().toList().getLast()).startsWith("Removed 2 snapshots, ");
    assertThat(store().list()).singleElement().matches(one -> one.name().startsWith("db-"));
  }

  @Test
  void removesNothingWhenANameIsWrong() throws Exception {
    put("web", "1");
    assertThat(run("snapshot", "rm", "web", "wob")).isEqualTo(2);
    assertThat(err)
        .hasToString(
            "warren: no snapshot \"wob\"; did you mean \"web\"?: see `warren snapshot ls`\n");
    assertThat(store().list()).hasSize(1);
  }

  @Test
  void leavesOneThatIsBeingUsedAndSaysSo() throws Exception {
    put("web", "1");
    try (Snapshot _ = store().open(key("web", "1"), Optional.empty()).orElseThrow()) {
      assertThat(run("snapshot", "rm", "web")).isEqualTo(1);
      assertThat(err)
          .hasToString(
              "warren: a lab starts now from %s: try again\n".formatted(key("web", "1").name()));
    }
    assertThat(store().list()).hasSize(1);
  }

  @Test
  void prunesToASize() throws Exception {
    put("web", "1");
    put("db", "1");
    assertThat(run("snapshot", "prune")).isZero();
    assertThat(out).hasToString("Removed 0 snapshots, 0 B.\n");
    assertThat(run("snapshot", "prune", "--to", "0B")).isZero();
    assertThat(store().list()).isEmpty();
    assertThat(run("snapshot", "prune", "--to", "much")).isEqualTo(2);
    assertThat(err).hasToString("warren: --to: \"much\" is no size: write 500MB, 2GiB or 0B\n");
  }

  @Test
  void wantsToKnowWhatToDo() {
    assertThat(run("snapshot")).isEqualTo(2);
    assertThat(err)
        .hasToString("warren: say what to do: ls, rm or prune: see `warren snapshot --help`\n");
  }

  @Test
  void takesThePolicyOfARunFromItsOptionsAndTheEnvironment() throws Exception {
    assertThat(options().policy(Map.of()))
        .isEqualTo(SnapshotPolicy.on(SnapshotPolicy.DEFAULT_LIMIT));
    assertThat(options().policy(Map.of(SnapshotOptions.LIMIT, "2GB")).limit())
        .isEqualTo(2_000_000_000L);
    assertThat(options("--no-snapshots").policy(Map.of()).isOn()).isFalse();
    assertThat(options("--fresh").policy(Map.of()).notBefore()).isPresent();
    assertThatThrownBy(() -> options("--fresh", "--no-snapshots").policy(Map.of()))
        .isInstanceOf(CommandException.class)
        .hasMessage("--fresh makes snapshots and --no-snapshots none: choose one");
    assertThatThrownBy(() -> options().policy(Map.of(SnapshotOptions.LIMIT, "lots")))
        .hasMessage("WARREN_SNAPSHOT_LIMIT: \"lots\" is no size: write 500MB, 2GiB or 0B");
  }

  private static SnapshotOptions options(String... arguments) {
    SnapshotOptions options = new SnapshotOptions();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("it", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
        .parseArgs(arguments);
    return options;
  }

  private Path put(String testenv, String part) throws Exception {
    try (SnapshotDraft draft = store().draft(key(testenv, part))) {
      draft.add("host", List.of(), out -> out.write(new byte[5000]));
      var _ = draft.commit("/mine", Duration.ofMillis(12_345));
    }
    return folder.resolve("cache/snapshots").resolve(key(testenv, part).name());
  }

  private static SnapshotKey key(String testenv, String part) {
    return new SnapshotKey(testenv, new TreeMap<>(Map.of("format", part)));
  }

  private SnapshotStore store() {
    return new SnapshotStore(folder.resolve("cache"), SnapshotPolicy.DEFAULT_LIMIT, line -> {});
  }

  private int run(String... arguments) {
    return CommandLineFactory.create(FolderSurroundings.of(folder, out, err)).execute(arguments);
  }
}
