package dev.warren.cli;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.cli.Checkout.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the launcher makes the AOT cache, and when it gives it to Java; something else is Java. */
@Timeout(60)
class AotCacheTest {
  /**
   * Says what it was started with. Where a cache is asked for it makes one, tells of it in the file
   * TRAININGS, and takes as long as the file SLOW is there.
   */
  private static final String JAVA =
      """
      #!/bin/sh
      for word; do
        case $word in
          -XX:AOTCacheOutput=*)
            echo begun >>"$TRAININGS"
            echo half >"${word#*=}.config"
            printf half >"${word#*=}"
            while [ -e "$SLOW" ]; do sleep 0.02; done
            if [ -n "${FAIL-}" ]; then rm "${word#*=}"; exit 1; fi
            echo whole >"${word#*=}"
            if [ -n "${CUT-}" ]; then exit; fi
            echo 'AOTCache creation is complete'
            rm "${word#*=}.config"
            echo ended >>"$TRAININGS"
            exit
            ;;
        esac
      done
      printf '%s\\n' "$@"
      """;

  @TempDir private Path folder;
  private Checkout warren;
  private Path build;
  private Path trainings;
  private Path slow;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void make() throws IOException {
    Awaitility.pollInSameThread();
    warren = Checkout.make(Files.createDirectory(folder.resolve("home")));
    build = Files.createDirectories(folder.resolve("home/target/launcher/build.123456"));
    Files.createSymbolicLink(build.resolveSibling("current"), build);
    Files.createFile(build.resolve("stamp"));
    Files.writeString(Files.createDirectory(build.resolve("lib")).resolve("a.jar"), "jar");
    Path jdk = Files.createDirectory(folder.resolve("jdk"));
    Path programs = Files.createDirectory(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
    for (String program : List.of("java", "javac")) {
      Path file = Files.writeString(programs.resolve(program), JAVA);
      Files.setPosixFilePermissions(file, fromString("rwxr-xr-x"));
    }
    Files.createDirectories(jdk.resolve("lib/server"));
    Files.writeString(jdk.resolve("lib/modules"), "classes");
    Files.writeString(jdk.resolve("lib/server/libjvm.so"), "code");
    trainings = folder.resolve("trainings");
    slow = folder.resolve("slow");
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("TRAININGS", trainings.toString());
    environment.put("SLOW", slow.toString());
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
  }

  @Test
  void theFirstCommandDoesNotWaitForTheCacheThatTheNextOneHas() throws Exception {
    Files.createFile(slow);

    assertThat(command().text()).doesNotContain("AOTCache");
    Files.delete(slow);
    awaitTrainings(1);

    assertThat(command().text()).contains("-XX:AOTCache=" + build.resolve("warren.aot") + "\n");
    assertThat(begun()).isEqualTo(1);
  }

  @Test
  void oneIsMadeWhenSeveralCommandsComeFirst() throws Exception {
    Files.createFile(slow);
    List<Process> commands = new ArrayList<>();
    for (int number = 0; number < 5; number++) {
      commands.add(start());
    }
    for (Process one : commands) {
      assertThat(Checkout.result(one).text()).doesNotContain("AOTCache");
    }
    // Who finds another at work ends at once, and leaves this in peace.
    await().until(() -> begun() > 0);
    Files.delete(slow);
    awaitTrainings(1);

    assertThat(command().text()).contains("-XX:AOTCache=");
    assertThat(begun()).isEqualTo(1);
  }

  @Test
  void aCacheIsMadeAnewWhenAJarChanges() throws Exception {
    makeCache();

    Files.writeString(build.resolve("lib/a.jar"), "another jar");

    assertThat(command().text()).doesNotContain("AOTCache");
    awaitTrainings(2);
    assertThat(command().text()).contains("-XX:AOTCache=");
  }

  @Test
  void aCacheIsMadeAnewWhenTheJdkIsReplacedByAnOlderOne() throws Exception {
    makeCache();

    Files.setLastModifiedTime(
        folder.resolve("jdk/lib/modules"), FileTime.from(Instant.ofEpochSecond(1)));

    assertThat(command().text()).doesNotContain("AOTCache");
    awaitTrainings(2);
  }

  @Test
  void aCacheThatWasCutShortIsMadeAnew() throws Exception {
    makeCache();

    Files.write(build.resolve("warren.aot"), new byte[1], StandardOpenOption.TRUNCATE_EXISTING);

    assertThat(command().text()).doesNotContain("AOTCache");
    awaitTrainings(2);
  }

  @Test
  void aJvmThatMakesNoCacheIsAskedAgainAfterAnHourOnly() throws Exception {
    environment.put("FAIL", "yes");
    command();
    awaitBegun(1);
    assertThat(command().text()).doesNotContain("AOTCache");
    assertThat(begun()).isEqualTo(1);

    pass();

    assertThat(command().code()).isZero();
    awaitBegun(2);
  }

  @Test
  void aCacheThatTheJvmCouldNotFinishIsNotUsed() throws Exception {
    environment.put("CUT", "yes");
    command();
    awaitBegun(1);

    assertThat(command().text()).doesNotContain("AOTCache");
    assertThat(begun()).isEqualTo(1);
  }

  @Test
  void aKilledTrainingLeavesNoCacheAndTheNextOneItsLeftovers() throws Exception {
    Files.createFile(slow);
    command();
    await().until(() -> begun() == 1);
    for (ProcessHandle one : trainers()) {
      one.destroyForcibly();
    }
    await().until(() -> trainers().isEmpty());
    Files.delete(slow);
    assertThat(command().text()).doesNotContain("AOTCache");

    pass();
    assertThat(command().text()).doesNotContain("AOTCache");
    awaitTrainings(1);

    assertThat(names(build)).containsExactly("lib", "stamp", "warren.aot", "warren.aot.key");
    assertThat(build.resolve("warren.aot")).hasContent("whole");
  }

  @Test
  void aTrainingThatIsAskedToEndLeavesNothing() throws Exception {
    Files.createFile(slow);
    command();
    await().until(() -> begun() == 1);

    for (ProcessHandle one : trainers()) {
      if (!one.parent().map(trainers()::contains).orElse(false)) {
        one.destroy();
      }
    }
    await().until(() -> trainers().isEmpty());
    Files.delete(slow);

    assertThat(names(build)).doesNotContain("warren.aot.key", "warren.aot.new");
    assertThat(command().text()).doesNotContain("AOTCache");
    awaitTrainings(1);
  }

  @Test
  void theCallersOwnCacheIsUsedWhereTheBuildIsSomebodyElses() throws Exception {
    giveAway(build);
    command();
    awaitTrainings(1);

    Path own = folder.resolve("cache/warren/aot");
    assertThat(command().text()).contains("-XX:AOTCache=" + own + "/");
    assertThat(names(build)).containsExactly("lib", "stamp");
    assertThat(Files.getPosixFilePermissions(own)).isEqualTo(fromString("rwx------"));
  }

  @Test
  void noneIsMadeOrUsedWhereItIsSwitchedOff() throws Exception {
    makeCache();
    environment.put("WARREN_AOT", "off");

    assertThat(command().text()).doesNotContain("AOTCache");
    assertThat(begun()).isEqualTo(1);
  }

  @Test
  void nothingIsWrittenIntoACacheFolderOfSomebodyElse() throws Exception {
    giveAway(build);
    giveAway(Files.createDirectory(folder.resolve("cache")));

    assertThat(command().text()).doesNotContain("AOTCache");
    Thread.sleep(300);

    assertThat(begun()).isZero();
    assertThat(names(folder.resolve("cache"))).isEmpty();
  }

  @Test
  void aCacheThatAnotherUserMadeInTheCallersFolderIsNotUsed() throws Exception {
    giveAway(build);
    command();
    awaitTrainings(1);
    Path own = folder.resolve("cache/warren/aot");
    for (String name : names(own)) {
      giveAway(own.resolve(name));
    }

    assertThat(command().text()).doesNotContain("AOTCache");
  }

  /** To another user: only root can. */
  private static void giveAway(Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    try {
      Files.setAttribute(file, "unix:uid", 65534);
    } catch (IOException refused) {
      assumeTrue(false, "only root gives files away");
    }
    Files.setLastModifiedTime(file, time);
  }

  /** More than an hour. */
  private void pass() throws IOException {
    Path cache = build.resolve("warren.aot");
    assertThat(cache).isEmptyFile();
    long earlier = Instant.now().minus(Duration.ofHours(2)).getEpochSecond();
    Files.setLastModifiedTime(cache, FileTime.from(Instant.ofEpochSecond(earlier)));
    // As if it had been made then.
    Path key = build.resolve("warren.aot.key");
    List<String> lines = new ArrayList<>(Files.readAllLines(key));
    lines.set(lines.size() - 1, "0 " + earlier + ".000000000");
    Files.write(key, lines);
  }

  /** The shell that makes a cache, and what it started: all of this test's own checkout. */
  private List<ProcessHandle> trainers() {
    return ProcessHandle.allProcesses()
        .filter(
            one ->
                one.info()
                    .arguments()
                    .map(words -> String.join(" ", words))
                    .orElse("")
                    .contains(folder.toString()))
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void makeCache() throws Exception {
    command();
    awaitTrainings(1);
    assertThat(command().text()).contains("-XX:AOTCache=");
  }

  private void awaitTrainings(int number) {
    await()
        .until(
            () ->
                Files.exists(trainings)
                    && Files.readAllLines(trainings).stream().filter("ended"::equals).count()
                        == number
                    && trainers().isEmpty());
  }

  private void awaitBegun(int number) {
    await().until(() -> begun() == number && trainers().isEmpty());
  }

  private long begun() throws IOException {
    return Files.exists(trainings)
        ? Files.readAllLines(trainings).stream().filter("begun"::equals).count()
        : 0;
  }

  private Result command() throws Exception {
    Process process = start();
    process.getOutputStream().close();
    return Checkout.result(process);
  }

  private Process start() throws IOException {
    return warren.start(List.of("sh", "-c", warren.line("ls")), environment);
  }
}
