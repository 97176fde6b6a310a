package dev.warren.agent;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves a JVM that lacks the power to make namespaces into a user namespace, before its main class
 * starts.
 *
 * <p>A process with several threads cannot enter a new user namespace ({@code unshare(2)}: EINVAL),
 * and a JVM always has several. So the agent replaces the process by itself: {@code execve} of
 * {@code unshare ... -- java} with the very same arguments. PID, pipes and socket channels stay,
 * which is why it works under Surefire, Gradle and IDEs.
 *
 * <p>Nothing happens when the JVM already has CAP_SYS_ADMIN (as root, or after the move).
 */
public final class UserNamespaceAgent {
  /** Bit of CAP_SYS_ADMIN in a capability set, from linux/capability.h. */
  private static final int CAP_SYS_ADMIN = 21;

  private UserNamespaceAgent() {}

  /**
   * Called by the JVM for {@code -javaagent:warren-agent.jar}.
   *
   * @param arguments not used
   */
  public static void premain(String arguments) {
    forgetNames();
    try {
      if (hasCapSysAdmin()) {
        OutsidePools.keep();
        return;
      }
      Optional<List<String>> unshare = workingUnshare();
      if (unshare.isEmpty()) {
        warn("user namespaces are refused here, so labs will fail: run `warren doctor`");
        return;
      }
      List<String> command = new ArrayList<>(unshare.get());
      command.add("--");
      command.addAll(ownCommandLine());
      replaceProcess(command);
    } catch (IOException failure) {
      warn("cannot move into a user namespace: " + failure);
    }
  }

  /**
   * Java keeps the answers of name look-ups for the whole JVM; each host has names of its own. Read
   * by the JVM at the first look-up, so it must be set early (java.security, InetAddress).
   */
  private static void forgetNames() {
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  private static boolean hasCapSysAdmin() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("CapEff:"))
        .map(line -> Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16))
        .anyMatch(set -> (set >>> CAP_SYS_ADMIN & 1) == 1);
  }

  /** The richest form of unshare that works here: with the sub-id range, else with one id. */
  private static Optional<List<String>> workingUnshare() throws IOException {
    List<String> single = List.of("unshare", "--user", "--map-root-user", "--mount");
    List<String> range = List.of("unshare", "--user", "--map-root-user", "--map-auto", "--mount");
    for (List<String> candidate : List.of(range, single)) {
      List<String> trial = new ArrayList<>(candidate);
      trial.addAll(List.of("--", "true"));
      if (succeeds(trial)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean succeeds(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start();
    try {
      return process.waitFor() == 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The running JVM's executable followed by its own arguments, blanks and all. */
  private static List<String> ownCommandLine() throws IOException {
    String raw = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.ISO_8859_1);
    List<String> line = new ArrayList<>(List.of(raw.split("\0", -1)));
    line.removeLast(); // the text ends in a NUL
    line.set(0, Files.readSymbolicLink(Path.of("/proc/self/exe")).toString());
    return line;
  }

  private static void replaceProcess(List<String> command) throws IOException {
    Linker linker = Linker.nativeLinker();
    MemorySegment address =
        linker
            .defaultLookup()
            .find("execvp")
            .orElseThrow(() -> new IOException("the C library has no execvp"));
    var execvp =
        linker.downcallHandle(
            address,
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment argv = arena.allocate(ValueLayout.ADDRESS, command.size() + 1L);
      for (int i = 0; i < command.size(); i++) {
        argv.setAtIndex(
            ValueLayout.ADDRESS,
            i,
            arena.allocateFrom(command.get(i), StandardCharsets.ISO_8859_1));
      }
      int result = (int) execvp.invokeExact(argv.get(ValueLayout.ADDRESS, 0), argv);
      throw new IOException("execvp of " + command.getFirst() + " returned " + result);
    } catch (IOException failure) {
      throw failure;
    } catch (Throwable failure) { // what method handles declare
      throw new IOException("execvp of " + command.getFirst() + " failed", failure);
    }
  }

  private static void warn(String message) {
    System.err.println("warren-agent: " + message);
  }
}
