package dev.warren.lab.software;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The machine's apt with lists and archives of its own, so that any user may fetch packages and the
 * machine's own state is only read. Sources, keys and signature checks are the machine's.
 */
final class Apt {
  private static final Duration LISTS_ARE_OLD = Duration.ofDays(7);
  private static final Duration UPDATE_LIMIT = Duration.ofMinutes(10);
  private static final Duration RESOLVE_LIMIT = Duration.ofMinutes(2);
  private static final Duration FETCH_LIMIT = Duration.ofMinutes(60);

  /** A line of {@code --print-uris}: 'URI' FILE SIZE HASH. */
  private static final Pattern URI_LINE =
      Pattern.compile("^'[^']*' (\\S+\\.deb) ([0-9]+)", Pattern.MULTILINE);

  private static final Pattern UNKNOWN =
      Pattern.compile(
          "Unable to locate package (\\S+)|Package '?([^\\s']+)'? has no installation candidate");

  private final Path folder;
  private final Path status;
  private final Map<String, String> settings;
  private final Consumer<String> progress;

  /** A package to fetch: the name of its file, and its size in bytes. */
  record Archive(String file, long size) {}

  /**
   * An apt.
   *
   * @param folder where it keeps lists and archives
   * @param status dpkg's list of what is installed
   * @param settings what is configured otherwise than on the machine
   */
  Apt(Path folder, Path status, Map<String, String> settings, Consumer<String> progress) {
    this.folder = folder;
    this.status = status;
    this.settings = settings;
    this.progress = progress;
  }

  /** Where {@link #fetch} leaves the files. */
  Path archives() {
    return folder.resolve("archives");
  }

  /**
   * What must be fetched so that these packages and all that they depend on are there, beside what
   * is installed. Updates the lists when they are missing, old, or do not know a package.
   */
  List<Archive> resolve(Collection<String> packages) throws IOException, InterruptedException {
    for (String folderName : List.of("archives/partial", "lists/partial", "nothing/partial")) {
      Files.createDirectories(folder.resolve(folderName));
    }
    boolean updated = updateIfOld();
    Tool.Result result = printUris(packages);
    if (!result.isOk() && !updated) {
      update();
      result = printUris(packages);
    }
    if (!result.isOk()) {
      throw failure("finding the packages " + String.join(" ", packages), result);
    }
    List<Archive> archives = new ArrayList<>();
    Matcher lines = URI_LINE.matcher(result.output());
    while (lines.find()) {
      archives.add(new Archive(lines.group(1), Long.parseLong(lines.group(2))));
    }
    return archives;
  }

  /**
   * Fetches what {@link #resolve} found for the same packages; where the archive has it no longer,
   * what is there instead.
   *
   * @return what was fetched
   */
  List<Archive> fetch(Collection<String> packages, List<Archive> found)
      throws IOException, InterruptedException {
    List<Archive> fetched = found;
    Tool.Result result = download(packages);
    if (!result.isOk() && result.output().contains("404")) {
      // The archive has moved on since the lists were fetched.
      update();
      fetched = resolve(packages);
      result = download(packages);
    }
    if (!result.isOk()) {
      throw failure("fetching packages", result);
    }
    return fetched;
  }

  private Tool.Result printUris(Collection<String> packages)
      throws IOException, InterruptedException {
    // An empty folder for archives, or apt leaves out what was fetched before.
    List<String> arguments =
        new ArrayList<>(List.of("-o", "Dir::Cache::archives=" + folder.resolve("nothing")));
    arguments.addAll(List.of("--print-uris", "install"));
    arguments.addAll(packages);
    return apt(RESOLVE_LIMIT, arguments);
  }

  private Tool.Result download(Collection<String> packages)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--download-only", "install"));
    arguments.addAll(packages);
    return apt(FETCH_LIMIT, arguments);
  }

  private boolean updateIfOld() throws IOException, InterruptedException {
    Path stamp = stamp();
    boolean fresh =
        Files.exists(stamp)
            && Files.getLastModifiedTime(stamp)
                .toInstant()
                .isAfter(Instant.now().minus(LISTS_ARE_OLD));
    if (!fresh) {
      update();
    }
    return !fresh;
  }

  private void update() throws IOException, InterruptedException {
    progress.accept("fetching Debian's package lists");
    Tool.Result result = apt(UPDATE_LIMIT, List.of("-o", "APT::Update::Error-Mode=any", "update"));
    if (!result.isOk()) {
      throw failure("fetching Debian's package lists", result);
    }
    Files.write(stamp(), new byte[0]);
    Files.setLastModifiedTime(stamp(), FileTime.from(Instant.now()));
  }

  private Path stamp() {
    return folder.resolve("updated");
  }

  private Tool.Result apt(Duration limit, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("apt-get", "-y", "-q", "--no-install-recommends"));
    command.addAll(arguments);
    return Tool.run(limit, List.of(command), Map.of("APT_CONFIG", configuration().toString()));
  }

  /**
   * A file with the machine's configuration (its proxies, its sources), less the commands that it
   * runs before and after, which are for its own lists and archives.
   */
  private Path configuration() throws IOException, InterruptedException {
    Tool.Result machine = Tool.run(RESOLVE_LIMIT, List.of(List.of("apt-config", "dump")), Map.of());
    if (!machine.isOk()) {
      throw failure("reading apt's configuration", machine);
    }
    StringBuilder text = new StringBuilder();
    machine
        .output()
        .lines()
        .filter(line -> line.endsWith(";") && !line.contains("Invoke"))
        .forEach(line -> text.append(line).append('\n'));
    Map<String, String> own = new LinkedHashMap<>();
    own.put("Dir::State", folder.toString());
    own.put("Dir::State::status", status.toString());
    own.put("Dir::State::lists", folder.resolve("lists").toString());
    own.put("Dir::Cache", folder.toString());
    own.put("Dir::Cache::archives", archives().toString());
    own.put("Dir::Log", folder.toString());
    // The machine's own files are in this one already.
    own.put("Dir::Etc::parts", "/dev/null");
    own.put("Dir::Etc::main", "/dev/null");
    // Inside a user namespace there is no _apt to become.
    own.put("APT::Sandbox::User", "root");
    own.put("Debug::NoLocking", "1");
    own.putAll(settings);
    own.forEach((key, value) -> text.append("%s \"%s\";%n".formatted(key, value)));
    return Files.writeString(folder.resolve("apt.conf"), text);
  }

  private static SoftwareException failure(String action, Tool.Result result) {
    Matcher unknown = UNKNOWN.matcher(result.output());
    if (unknown.find()) {
      String name = Optional.ofNullable(unknown.group(1)).orElseGet(() -> unknown.group(2));
      return new SoftwareException(
          "%s: apt's sources have no package %s: check its name and /etc/apt/sources.list, or install its programs and use --software=installed"
              .formatted(action, name));
    }
    String why =
        result
            .output()
            .lines()
            .filter(line -> line.startsWith("E: ") || line.startsWith("W: "))
            .findFirst()
            .map(line -> line.substring(3))
            .orElse("apt-get ended with exit code " + result.code());
    return new SoftwareException(
        "%s: %s: check the network and http_proxy, or install the programs and use --software=installed"
            .formatted(action, why));
  }
}
