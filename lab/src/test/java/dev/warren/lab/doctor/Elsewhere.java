package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.testing.OtherJvm;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A diagnosis by a process in other circumstances than the test's, as scripts read it. */
record Elsewhere(JsonNode diagnosis) {
  /** Goes on with the command in "$@" without the powers of root. */
  static final String ORDINARY =
      "exec setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all \"$@\"\n";

  /** The doctor's own process; a folder for the cache. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      Diagnosis diagnosis = Doctor.examine(Path.of(arguments[0]));
      System.out.println(
          DiagnosisJson.of(
              diagnosis, diagnosis.choose(dev.warren.lab.description.Isolation.NAMESPACES)));
    }
  }

  /**
   * As an ordinary user of a user namespace with a mount namespace.
   *
   * @param folder for a script
   * @param script for sh, which makes the circumstances with all powers, and then runs "$@"
   */
  static Elsewhere after(Path folder, String script) throws Exception {
    Path file = Files.writeString(folder.resolve("script"), "set -e\n" + script);
    // Not root: who has uid 0 but not its powers may pass it to no namespace.
    List<String> unshare =
        List.of("unshare", "--user", "--map-user=1000", "--map-group=1000", "--keep-caps");
    return by(
        folder,
        Stream.concat(unshare.stream(), Stream.of("--mount", "sh", file.toString())).toList());
  }

  /**
   * @param prefix runs the command that comes after it
   */
  static Elsewhere by(Path folder, List<String> prefix) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(OtherJvm.command(Main.class, folder.resolve("cache")));
    Path output = folder.resolve("diagnosis");
    Process process =
        new ProcessBuilder(command)
            .redirectError(Redirect.INHERIT)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends in time").isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
    return new Elsewhere(JsonMapper.builder().build().readTree(Files.readString(output)));
  }

  /** Of the first finding of this name: {@code detail}, {@code remedy}. */
  String words(String name, String field) {
    return diagnosis
        .get("findings")
        .valueStream()
        .filter(finding -> finding.get("name").asString().equals(name))
        .map(finding -> finding.path(field).asString(""))
        .findFirst()
        .orElse("nothing is said of " + name);
  }

  boolean labsWork() {
    return diagnosis.get("labs").asBoolean();
  }
}
