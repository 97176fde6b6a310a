package dev.warren.lab.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A second JVM, which runs a class of the tests: it makes something, tells what, and sits there to
 * be killed without warning.
 *
 * <p>The class ends its {@code main} with {@link #tellAndWait}.
 */
public final class OtherJvm implements AutoCloseable {
  private static final String READY = "ready to be killed";

  private final Process process;
  private final List<String> told;

  private OtherJvm(Process process, List<String> told) {
    this.process = process;
    this.told = told;
  }

  /** Returns when {@code main} waits; its errors go where those of the tests go. */
  public static OtherJvm start(Class<?> main, Object... arguments) throws IOException {
    Process process =
        new ProcessBuilder(command(main, arguments)).redirectError(Redirect.INHERIT).start();
    List<String> told = new ArrayList<>();
    BufferedReader lines = process.inputReader();
    for (String line = lines.readLine(); !READY.equals(line); line = lines.readLine()) {
      assertThat(line).as("a line of %s, which ended early", main.getName()).isNotNull();
      told.add(line);
    }
    return new OtherJvm(process, List.copyOf(told));
  }

  /** The command line that runs a class of the tests in a JVM like this one. */
  public static List<String> command(Class<?> main, Object... arguments) {
    List<String> line =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            // Nothing is logged here: that no logger is there is no news.
            "-Dslf4j.internal.verbosity=ERROR",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    return Stream.concat(line.stream(), Stream.of(arguments).map(Object::toString)).toList();
  }

  /** What it said of itself, a line each. */
  public List<String> told() {
    return told;
  }

  /** By SIGKILL, of which it cannot know. Returns when it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /**
   * For {@code main} there: says something of what it made, and waits for its end.
   *
   * @param made what is kept until then
   */
  public static void tellAndWait(Object made, List<?> lines) throws IOException {
    try {
      lines.forEach(System.out::println);
      System.out.println(READY);
      // The pipe ends with the tests' JVM, so that this one never outlives it.
      System.in.read();
    } finally {
      Reference.reachabilityFence(made);
    }
  }
}
