package dev.warren.cli;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.process.JavaIpv6;
import java.util.List;

/** Where the launcher enters Java. */
public final class Main {
  /** More threads than a short command has. */
  private static final int MANY = 16;

  private Main() {}

  /** Runs one command; its exit code is that of {@link ExitCode}. */
  public static void main(String[] arguments) {
    JavaIpv6.allow(Kernel.real());
    int code = run(arguments);
    System.out.flush();
    // System.exit looks for a logger in every jar, to tell it if asked to.
    if (code != ExitCode.OK || !isAlone()) {
      System.exit(code);
    }
  }

  /** Runs one command in this JVM, which goes on. */
  static int run(String... arguments) {
    return CommandLineFactory.create(Surroundings.ofThisProcess(), List.of(arguments))
        .execute(arguments);
  }

  /** Whether no other thread keeps the JVM from ending when this one does. */
  private static boolean isAlone() {
    Thread[] threads = new Thread[MANY];
    int count = Thread.currentThread().getThreadGroup().enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i] != Thread.currentThread() && !threads[i].isDaemon()) {
        return false;
      }
    }
    return count < MANY;
  }
}
