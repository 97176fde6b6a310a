package dev.warren.cli;

import java.util.List;

/** Where the launcher enters Java. */
public final class Main {
  private Main() {}

  /** Runs one command; its exit code is that of {@link ExitCode}. */
  public static void main(String[] arguments) {
    int code =
        CommandLineFactory.create(Surroundings.ofThisProcess(), List.of(arguments))
            .execute(arguments);
    System.out.flush();
    System.exit(code);
  }
}
