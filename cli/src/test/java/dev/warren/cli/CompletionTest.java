package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.cli.completion.CompletionScript;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * What real shells offer. Two labs run: demo with the hosts a and db and the networks lan and wan,
 * and other with the host a. The catalogue samba has two testenvs with aliases, mine has one.
 */
@Timeout(120)
class CompletionTest {
  private static final String BASH =
      """
      source "$1"
      shift
      COMP_WORDS=("$@")
      COMP_CWORD=$(($# - 1))
      _warren
      if [ ${#COMPREPLY[@]} -gt 0 ]; then printf '%s\\n' "${COMPREPLY[@]}"; fi
      """;

  @TempDir private Path folder;
  private Path labs;
  private Path catalogues;
  private CommandLine commands = CommandLineFactory.create(Surroundings.ofThisProcess());

  /** A command that is not warren's, with what its commands' labels can be. */
  @Command(name = "warren", subcommands = Toy.Part.class)
  static final class Toy {
    @Command(name = "part")
    static final class Part {
      @Parameters(index = "0", paramLabel = "[LAB/]NETWORK")
      private String network = "";

      @Parameters(index = "1..*", paramLabel = "GROUP")
      private List<String> groups = List.of();

      @Override
      public String toString() {
        return network + groups;
      }
    }
  }

  @BeforeEach
  void labs() throws Exception {
    labs = Files.createDirectories(folder.resolve("run/warren"));
    catalogues = folder.resolve("it's Warren/catalogue");
    for (String lab : List.of("demo", "other")) {
      Path hosts = Files.createDirectories(labs.resolve(lab).resolve("hosts"));
      Files.createFile(hosts.resolve("a"));
      Files.writeString(labs.resolve(lab).resolve("pid"), "1\n");
    }
    Files.createFile(labs.resolve("demo/hosts/db"));
    Files.writeString(labs.resolve("demo/networks"), "lan\nwan\n");
    Files.writeString(labs.resolve("demo/services"), "a web\na dns\ndb sql\n");
    Files.writeString(labs.resolve("other/services"), "a printer\n");
    Files.createDirectory(labs.resolve(".new-123"));
    Files.createDirectories(folder.resolve("files/folder"));
    Files.createFile(folder.resolve("files/lab.yaml"));
    Files.createFile(folder.resolve("files/two words.yaml"));
    catalogues();
    for (String snapshot : List.of("ad_dc-0123456789abcdef0123", "ad_dc-1", "web-2", ".new-3")) {
      Files.createDirectories(folder.resolve(".cache/warren/snapshots").resolve(snapshot));
    }
  }

  private void catalogues() throws Exception {
    Path samba = catalogues.resolve("samba");
    Files.createDirectories(samba.resolve("plans"));
    for (String file : List.of("quick.plan", "quick.knownfail", "all.yaml")) {
      Files.createFile(samba.resolve("plans").resolve(file));
    }
    Files.writeString(samba.resolve("catalogue.yaml"), "summary: Samba's\n");
    Files.writeString(samba.resolve("dc.yaml"), "abstract: true\nsummary: What all have\n");
    Files.writeString(
        samba.resolve("ad_dc.yaml"),
        "summary: A domain controller\naliases: [dc_default, \"slow\"]  # two\nextends: dc\n");
    Files.writeString(
        samba.resolve("fileserver.yaml"),
        "aliases:\n  - shares\nsummary: Shares\nservices:\n  - {}\n");
    Path mine = catalogues.resolve("mine");
    Files.createDirectories(mine.resolve("plans"));
    Files.createFile(mine.resolve("plans/web.plan"));
    Files.writeString(mine.resolve("catalogue.yaml"), "summary: Mine\n");
    Files.writeString(mine.resolve("web.yaml"), "summary: A web server\n");
  }

  static Stream<Arguments> lines() {
    return Stream.of(
            Arguments.of("warren ex", "exec"),
            Arguments.of("warren sch", "schema"),
            Arguments.of("warren --ver", "--version"),
            Arguments.of("warren up --na", "--name"),
            Arguments.of("warren up --software ", "auto installed packages"),
            Arguments.of("warren up --name de", ""),
            Arguments.of("warren completion ", "bash fish zsh"),
            Arguments.of("warren help exe", "exec"),
            Arguments.of("warren exec ", "db demo/a other/a"),
            Arguments.of("warren exec --interactive d", "db demo/a demo/db"),
            Arguments.of("warren exec --user ada --env=A=b o", "other/a"),
            Arguments.of("warren exec -u ada demo/", "demo/a demo/db"),
            Arguments.of("warren shell oth", "other/a"),
            Arguments.of("warren shell db ", ""),
            Arguments.of("warren restart db ", "sql"),
            Arguments.of("warren restart demo/a ", "dns web"),
            Arguments.of("warren restart other/a p", "printer"),
            Arguments.of("warren restart demo/a dns w", "web"),
            Arguments.of("warren logs --follow demo/db ", "sql"),
            Arguments.of("warren logs elsewhere/db ", ""),
            Arguments.of("warren down ", "demo other"),
            Arguments.of("warren down demo o", "other"),
            Arguments.of("warren up FILES/l", "FILES/lab.yaml"),
            Arguments.of("warren check FILES/lab.yaml FILES/f", "FILES/folder/"),
            Arguments.of("warren test --results FILES/", "FILES/folder/"),
            Arguments.of("warren testenv ", "ad_dc dc_default fileserver shares slow"),
            Arguments.of("warren testenv --fresh f", "fileserver"),
            Arguments.of("warren testenv --catalogue mine ", "web"),
            Arguments.of("warren testenv --catalogue nowhere ", ""),
            Arguments.of("warren test ", "mine/web samba/all samba/quick"),
            Arguments.of("warren test sam", "samba/all samba/quick"),
            Arguments.of("warren test FILES/l", "FILES/lab.yaml"),
            Arguments.of("warren test samba/quick ", ""),
            Arguments.of("warren test samba/quick --include-env f", "fileserver"),
            Arguments.of("warren test mine/web --exclude-env ", "web"),
            Arguments.of("warren test --exclude-env ad_dc,s", "ad_dc,shares ad_dc,slow"),
            Arguments.of("warren test --testlist m", "mine/web"),
            Arguments.of("warren snapshot rm w", "web web-2"),
            Arguments.of("warren snapshot rm web a", "ad_dc ad_dc-0123456789abcdef0123 ad_dc-1"),
            Arguments.of("warren exec a -- sha256su", "sha256sum"),
            Arguments.of("warren exec a -- cat FILES/la", "FILES/lab.yaml"))
        .flatMap(
            line ->
                Arrays.stream(CompletionScript.values())
                    .map(shell -> Arguments.of(shell, line.get()[0], line.get()[1])));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("lines")
  void offers(CompletionScript shell, String line, String words) throws Exception {
    String files = folder.resolve("files").toString();

    assertThat(offered(shell, line.replace("FILES", files)))
        .containsExactlyElementsOf(
            Stream.of(words.replace("FILES", files).split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.replaceFirst("/$", ""))
                .sorted()
                .toList());
  }

  @ParameterizedTest
  @EnumSource
  void offersTheValueOfAnOptionBehindItsEqualsSign(CompletionScript shell) throws Exception {
    String line = "warren up --software=pa";

    assertThat(offered(shell, line))
        .containsExactly(shell == CompletionScript.FISH ? "--software=packages" : "packages");
  }

  @ParameterizedTest
  @EnumSource
  void offersTestenvsOfTheCatalogueBehindItsEqualsSign(CompletionScript shell) throws Exception {
    assertThat(offered(shell, "warren testenv --catalogue=mine w")).containsExactly("web");
    String option = "warren test --include-env=web,w";
    assertThat(offered(shell, option.replace("test ", "test --catalogue mine ")))
        .containsExactly(shell == CompletionScript.FISH ? "--include-env=web,web" : "web,web");
  }

  @ParameterizedTest
  @EnumSource
  void offersNothingWhereThereAreNeitherCataloguesNorSnapshots(CompletionScript shell)
      throws Exception {
    Files.move(catalogues, folder.resolve("elsewhere"));
    Files.move(folder.resolve(".cache"), folder.resolve("no cache"));

    assertThat(offered(shell, "warren testenv ")).isEmpty();
    assertThat(offered(shell, "warren snapshot rm ")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void offersNoNamesFromAFolderOfSomebodyElse(CompletionScript shell) throws Exception {
    Path moved = Files.move(labs, folder.resolve("elsewhere"));
    Files.createSymbolicLink(labs, moved);

    assertThat(offered(shell, "warren down ")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void offersNothingWhereNoLabHasEverRun(CompletionScript shell) throws Exception {
    Files.move(labs, folder.resolve("elsewhere"));

    assertThat(offered(shell, "warren exec ")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void offersWhatTheLabelOfAnArgumentSays(CompletionScript shell) throws Exception {
    commands = new CommandLine(new Toy());

    assertThat(offered(shell, "warren part ")).containsExactly("lan", "wan");
    assertThat(offered(shell, "warren part lan ")).containsExactly("db", "demo/a", "other/a");
    assertThat(offered(shell, "warren part lan x a,b,d")).containsExactly("a,b,db", "a,b,demo/a");
  }

  @ParameterizedTest
  @EnumSource
  void offersEveryCommand(CompletionScript shell) throws Exception {
    assertThat(offered(shell, "warren "))
        .containsExactlyElementsOf(new TreeSet<>(commands.getSubcommands().keySet()));
  }

  @Test
  void fishShowsWhatAWordMeans() throws Exception {
    assertThat(run(CompletionScript.FISH, "warren exec db")).contains("db\thost of lab demo");
    assertThat(run(CompletionScript.FISH, "warren sch")).contains("schema\tPrint the JSON");
    assertThat(run(CompletionScript.FISH, "warren hel")).contains("help\tDisplay help");
    assertThat(run(CompletionScript.FISH, "warren testenv "))
        .contains("ad_dc\tA domain controller", "slow\talias of ad_dc");
  }

  /** Sorted; folders without the slash that some shells show and others add later. */
  private List<String> offered(CompletionScript shell, String line) throws Exception {
    int typed = shell == CompletionScript.ZSH ? line.lastIndexOf('/') : -1;
    String before =
        typed > line.lastIndexOf(' ') && line.contains(folder.toString())
            ? line.substring(line.lastIndexOf(' ') + 1, typed + 1)
            : "";
    return run(shell, line)
        .lines()
        .map(word -> word.replaceFirst("\t.*", "").replaceFirst("/$", ""))
        .filter(word -> !word.isEmpty() && !word.equals("END"))
        // zsh completes the last part of a path.
        .map(word -> word.startsWith(before) ? word : before + word)
        .distinct()
        .sorted()
        .toList();
  }

  private String run(CompletionScript shell, String line) throws Exception {
    Path script = folder.resolve("script");
    Files.writeString(script, shell.of(commands, catalogues));
    return switch (shell) {
      case BASH -> {
        List<String> command = new ArrayList<>(List.of("bash", "--norc", "-c", BASH, "bash"));
        command.add(script.toString());
        // As bash does, which takes --user=ada apart.
        command.addAll(List.of(line.replace("=", " = ").split(" ", -1)));
        yield output(command);
      }
      case FISH ->
          output(
              List.of(
                  "fish",
                  "--no-config",
                  "-c",
                  "source $argv[1]; complete --do-complete $argv[2]",
                  script.toString(),
                  line));
      case ZSH -> {
        Path harness = folder.resolve("offers.zsh");
        try (InputStream file =
            Objects.requireNonNull(CompletionTest.class.getResourceAsStream("offers.zsh"))) {
          Files.write(harness, file.readAllBytes());
        }
        Path result = folder.resolve("result");
        Files.deleteIfExists(result);
        String said =
            output(
                List.of(
                    "zsh", "-f", harness.toString(), script.toString(), line, result.toString()));
        assertThat(result).as("what zsh offers; it said: %s", said).exists();
        yield Files.readString(result);
      }
    };
  }

  private String output(List<String> command) throws Exception {
    assumeTrue(
        Needs.missing("program " + command.getFirst()).isEmpty(),
        () -> "the package " + command.getFirst() + " is not installed");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "XDG_RUNTIME_DIR",
                folder.resolve("run").toString(),
                "HOME",
                folder.toString(),
                "TERM",
                "dumb",
                "LC_ALL",
                "C.UTF-8"));
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }
}
