package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.cli.Checkout.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several Warrens at once: of one user, of two folders of running labs, and one inside the other.
 */
@Timeout(180)
class SideBySideTest {
  private static final String FILE =
      """
      networks:
        lan: {ipv4: 10.9.0.0/24}
      hosts:
        a: {interface: 1}
        b: {interface: 2}
      """;

  @TempDir Path folder;
  private final List<Process> supervisors = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process supervisor : supervisors) {
      supervisor.destroyForcibly().waitFor();
    }
  }

  @Test
  void twoLabsOfOneUserWithTheSameHostsAndAddresses() throws Exception {
    Checkout warren = Checkout.make(folder.resolve("home"));
    Process first = up(warren, "one");
    up(warren, "two");

    mark(warren, "one/a");
    assertThat(names(warren)).containsExactlyInAnyOrder("one", "two");
    reachesItsOwn(warren, "one");
    reachesItsOwn(warren, "two");

    first.destroyForcibly().waitFor();

    await().until(() -> !Files.exists(warren.runtime().resolve("one")));
    assertThat(names(warren)).containsExactly("two");
    reachesItsOwn(warren, "two");
    assertThat(run(warren, "exec", "two/a", "--", "ls", "/tmp/mark").code()).isNotZero();
  }

  @Test
  void aNameThatIsTakenIsRefusedAndTheLabGoesOn() throws Exception {
    Checkout warren = Checkout.make(folder.resolve("home"));
    up(warren, "one");

    Process second =
        warren.inAnotherJvm("up", file("one").toString()).redirectErrorStream(true).start();
    Result refused = Checkout.result(second);

    assertThat(refused.code()).isNotZero();
    assertThat(refused.text()).contains("\"one\" runs already");
    reachesItsOwn(warren, "one");
    try (Stream<Path> left = Files.list(warren.runtime())) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(".lock", "one");
    }
  }

  /** As two users have them. */
  @Test
  void labsOfTheSameNameInTwoFoldersOfRunningLabs() throws Exception {
    Checkout mine = Checkout.make(Files.createDirectory(folder.resolve("mine")));
    Checkout yours = Checkout.make(Files.createDirectory(folder.resolve("yours")));
    up(mine, "one");
    Process other = up(yours, "one");
    mark(mine, "a");

    reachesItsOwn(mine, "one");
    reachesItsOwn(yours, "one");
    assertThat(run(yours, "exec", "a", "--", "ls", "/tmp/mark").code()).isNotZero();

    other.destroyForcibly().waitFor();

    await().until(() -> !Files.exists(yours.runtime().resolve("one")));
    assertThat(names(mine)).containsExactly("one");
    assertThat(run(mine, "exec", "a", "--", "ls", "/tmp/mark").code()).isZero();
  }

  @Test
  void aLabInAHostOfALab() throws Exception {
    Checkout outer = Checkout.make(Files.createDirectory(folder.resolve("outer")));
    WholeCheckout inner = WholeCheckout.make(Files.createDirectory(folder.resolve("inner")));
    Files.writeString(inner.home().resolve("one.yaml"), FILE);
    Path file =
        Files.writeString(
            folder.resolve("box.yaml"),
            """
            networks:
              lan: {ipv4: 10.9.0.0/24}
            hosts:
              a:
                interface: 1
                binds: [{path: /run/inner, from: %s}]
            """
                .formatted(folder.resolve("inner")));
    up(outer, file);

    assertThat(inside(outer, "up", "-d", "/run/inner/home/one.yaml").text())
        .contains("Lab one is up");
    assertThat(inside(outer, "ls").text()).contains("one");
    assertThat(inside(outer, "exec", "b", "--", "hostname")).isEqualTo(new Result(0, "b\n"));
    assertThat(inside(outer, "exec", "a", "--", "getent", "hosts", "b").text())
        .contains("10.9.0.2");
    assertThat(inside(outer, "link", "cut", "a").text()).contains("are cut");
    assertThat(names(outer)).containsExactly("box");
    assertThat(inside(outer, "down", "one").code()).isZero();
    assertThat(inside(outer, "ls").text()).startsWith("No lab is running");
  }

  /** Runs the inner launcher in the outer lab's host. */
  private Result inside(Checkout outer, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                outer.home() + "/warren",
                "exec",
                "a",
                "--",
                "env",
                "JAVA_HOME=/run/inner/jdk",
                "/run/inner/home/warren"));
    command.addAll(List.of(arguments));
    Process process = outer.start(command, Map.of());
    process.getOutputStream().close();
    return Checkout.result(process);
  }

  private Process up(Checkout warren, String name) throws IOException {
    return up(warren, file(name));
  }

  private Process up(Checkout warren, Path file) throws IOException {
    Process supervisor =
        warren.inAnotherJvm("up", file.toString()).redirectErrorStream(true).start();
    supervisors.add(supervisor);
    assertThat(supervisor.inputReader().readLine()).contains(" is up: ");
    return supervisor;
  }

  private Path file(String name) throws IOException {
    return Files.writeString(folder.resolve(name + ".yaml"), FILE);
  }

  private static void mark(Checkout warren, String host) throws Exception {
    assertThat(run(warren, "exec", host, "--", "touch", "/tmp/mark").code()).isZero();
  }

  private static void reachesItsOwn(Checkout warren, String lab) throws Exception {
    assertThat(run(warren, "exec", lab + "/a", "--", "getent", "hosts", "b"))
        .extracting(Result::text)
        .asString()
        .contains("10.9.0.2");
    assertThat(run(warren, "exec", lab + "/b", "--", "hostname")).isEqualTo(new Result(0, "b\n"));
  }

  private static List<String> names(Checkout warren) throws IOException {
    try (Stream<Path> all = Files.list(warren.runtime())) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    }
  }

  private static Result run(Checkout warren, String... arguments)
      throws IOException, InterruptedException {
    return warren.run(arguments);
  }
}
