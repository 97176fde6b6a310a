package dev.warren.cli;

import dev.warren.lab.control.RunningLab;
import dev.warren.lab.control.RunningLabs;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/**
 * What a JVM does whose classes become the AOT cache (JEP 514): the commands of everyday, in one
 * process, with a lab in a runtime directory of its own. A machine that allows no lab trains the
 * rest.
 */
public final class Training {
  /** A lab of ten hosts is up in a fraction of this. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long PAUSE_MILLIS = 5;

  private static final String LAB = "training";

  private Training() {}

  /**
   * Goes through the commands.
   *
   * @param arguments the lab file, whose lab is called "training"
   */
  public static void main(String[] arguments) throws Exception {
    RunningLabs labs = Surroundings.ofThisProcess().labs();
    Main.run("--help");
    Main.run("--version");
    Main.run("check", arguments[0]);
    Thread user = Thread.ofPlatform().daemon().start(() -> use(labs));
    // Ends by the signal that `down` sends to this process, or at once where no lab can be made.
    int code = Main.run("up", "--detach", "--isolation=namespaces", arguments[0]);
    user.interrupt();
    user.join();
    System.exit(code);
  }

  private static void use(RunningLabs labs) {
    try {
      awaitLab(labs);
      Main.run("ls");
      Main.run("ls", "--json");
      Main.run("ps");
      Main.run("link", "show");
      Main.run("link", "cut", "h1");
      Main.run("link", "mend", "h1");
      Main.run("down", LAB);
    } catch (InterruptedException | IOException impossible) {
      // No lab: then there is nothing to use.
    }
  }

  private static void awaitLab(RunningLabs labs) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<RunningLab> lab = labs.find(LAB);
    while (lab.isEmpty() || !Files.exists(lab.get().log())) {
      if (System.nanoTime() > deadline) {
        throw new InterruptedException("no lab");
      }
      Thread.sleep(PAUSE_MILLIS);
      lab = labs.find(LAB);
    }
  }
}
