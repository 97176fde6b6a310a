package dev.warren.cli;

import dev.warren.lab.source.Spelling;
import dev.warren.selftest.snapshot.Manifest;
import dev.warren.selftest.snapshot.ManifestJson;
import dev.warren.selftest.snapshot.SnapshotStore;
import dev.warren.selftest.snapshot.StoredSnapshot;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows and removes the saved states of testenvs. */
@Command(
    name = "snapshot",
    synopsisSubcommandLabel = "(ls | rm | prune)",
    description = {
      "Show and remove snapshots: the saved states of testenvs, from which they start at once.",
      "",
      "`warren test` and `warren testenv` make and use them. One that does not fit any more, because"
          + " a definition, a script or a package has changed, is not used, and goes when there are"
          + " too many: by default more than 5 GB, or what WARREN_SNAPSHOT_LIMIT says, as 500MB."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  warren snapshot ls",
      "  warren snapshot rm ad_dc                 all of that testenv",
      "  warren snapshot prune --to 1GB           those used longest ago",
      "  warren testenv --fresh ad_dc             set up anew, and saved again"
    })
final class SnapshotCommand implements Callable<Integer> {
  @Override
  public Integer call() throws CommandException {
    throw new CommandException(
        ExitCode.BAD_INPUT, "say what to do: ls, rm or prune: see `warren snapshot --help`");
  }

  private static SnapshotStore store(Surroundings surroundings) throws CommandException {
    return new SnapshotStore(
        surroundings.cache(), SnapshotOptions.limit(System.getenv()), surroundings.err()::println);
  }

  private static void tellRemoved(Surroundings surroundings, List<StoredSnapshot> removed) {
    long bytes = removed.stream().mapToLong(StoredSnapshot::bytes).sum();
    surroundings
        .out()
        .println(
            "Removed %d %s, %s."
                .formatted(
                    removed.size(),
                    removed.size() == 1 ? "snapshot" : "snapshots",
                    Amounts.bytes(bytes)));
  }

  /** {@code snapshot ls}. */
  @Command(
      name = "ls",
      description = "List the snapshots.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  warren snapshot ls",
        "  warren snapshot ls --json | jq '.[] | {name, parts}'   what each is made of"
      })
  static final class Ls implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Surroundings surroundings;

    @Option(
        names = "--json",
        description =
            "Print JSON: [{name, bytes, used, inUse, damaged, testenv, catalogue, made, setUpMillis,"
                + " parts: {WHAT: VERSION}, archives: [{host, bytes, crc32c, removed}]}].")
    private boolean json;

    Ls(Surroundings surroundings) {
      this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
      List<StoredSnapshot> all = store(surroundings).list();
      if (json) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        all.forEach(one -> array.add(node(one)));
        surroundings.out().println(array.toPrettyString());
      } else if (all.isEmpty()) {
        surroundings
            .err()
            .println("There is no snapshot: `warren testenv NAME` makes one of what it sets up.");
      } else {
        Table table = new Table(List.of("SNAPSHOT", "CATALOGUE", "SIZE", "SAVES", "MADE", "USED"));
        all.forEach(one -> table.row(row(one)));
        surroundings.out().print(table);
        surroundings.out().flush();
      }
      return ExitCode.OK;
    }

    private static List<String> row(StoredSnapshot one) {
      String used = one.inUse() ? "now" : time(one.used());
      return one.manifest()
          .map(
              manifest ->
                  List.of(
                      one.name(),
                      manifest.catalogue(),
                      Amounts.bytes(one.bytes()),
                      manifest.setUp().toSeconds() + " s",
                      time(manifest.made()),
                      used))
          .orElseGet(
              () -> List.of(one.name(), "(damaged)", Amounts.bytes(one.bytes()), "", "", used));
    }

    private static String time(Instant instant) {
      return TIME.format(instant.atZone(ZoneId.systemDefault()));
    }

    private static ObjectNode node(StoredSnapshot one) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("name", one.name());
      node.put("bytes", one.bytes());
      node.put("used", one.used().truncatedTo(ChronoUnit.MILLIS).toString());
      node.put("inUse", one.inUse());
      node.put("damaged", one.manifest().isEmpty());
      one.manifest().map(ManifestJson::node).ifPresent(node::setAll);
      return node;
    }
  }

  /** {@code snapshot rm}. */
  @Command(
      name = "rm",
      description = "Remove snapshots, by their names or those of their testenvs.",
      footerHeading = "%nExamples:%n",
      footer = {"  warren snapshot rm ad_dc", "  warren snapshot rm ad_dc-0123456789abcdef0123"})
  static final class Rm implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
        arity = "1..*",
        paramLabel = "SNAPSHOT",
        description = "As ls shows it, or a testenv: all of it.")
    private List<String> names = List.of();

    Rm(Surroundings surroundings) {
      this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
      SnapshotStore store = store(surroundings);
      Set<StoredSnapshot> chosen = new LinkedHashSet<>();
      for (String name : names) {
        chosen.addAll(chosen(name, store.list()));
      }
      return remove(store, chosen);
    }

    private int remove(SnapshotStore store, Set<StoredSnapshot> chosen)
        throws IOException, InterruptedException, CommandException {
      List<StoredSnapshot> removed = new ArrayList<>();
      List<String> used = new ArrayList<>();
      for (StoredSnapshot one : chosen) {
        switch (store.remove(one.name())) {
          case DONE -> removed.add(one);
          case IN_USE -> used.add(one.name());
          case ABSENT -> {}
        }
      }
      tellRemoved(surroundings, removed);
      if (!used.isEmpty()) {
        throw new CommandException(
            ExitCode.FAILED,
            "a lab starts now from %s: try again".formatted(String.join(", ", used)));
      }
      return ExitCode.OK;
    }

    private static List<StoredSnapshot> chosen(String name, List<StoredSnapshot> all)
        throws CommandException {
      List<StoredSnapshot> chosen =
          all.stream().filter(one -> one.name().equals(name) || isOf(name, one)).toList();
      if (chosen.isEmpty()) {
        Set<String> known = new TreeSet<>();
        for (StoredSnapshot one : all) {
          known.add(one.name());
          one.manifest().map(Manifest::key).ifPresent(key -> known.add(key.testenv()));
        }
        throw new CommandException(
            ExitCode.BAD_INPUT,
            "no snapshot \"%s\"%s: see `warren snapshot ls`"
                .formatted(name, Spelling.hint(name, known)));
      }
      return chosen;
    }

    private static boolean isOf(String testenv, StoredSnapshot one) {
      return one.manifest().filter(m -> m.key().testenv().equals(testenv)).isPresent();
    }
  }

  /** {@code snapshot prune}. */
  @Command(
      name = "prune",
      description = {
        "Remove what is damaged or half-written, and snapshots that were used longest ago.",
        "",
        "Those that are being used stay."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  warren snapshot prune", "  warren snapshot prune --to 0B    all of them"})
  static final class Prune implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
        names = "--to",
        paramLabel = "SIZE",
        description =
            "How much is to be left, as 500MB or 2GiB. Default: WARREN_SNAPSHOT_LIMIT, or 5GB")
    private @Nullable String size;

    Prune(Surroundings surroundings) {
      this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Exception {
      Map<String, String> environment = System.getenv();
      long most =
          size == null ? SnapshotOptions.limit(environment) : SnapshotOptions.size("--to", size);
      tellRemoved(surroundings, store(surroundings).prune(most));
      return ExitCode.OK;
    }
  }
}
