package dev.warren.selftest.report.events;

import dev.warren.lab.description.Isolation;
import dev.warren.linux.idmap.IdMap;
import dev.warren.selftest.report.MachineName;
import dev.warren.selftest.report.RunListener;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.Optional;

/**
 * What a run was made by and on.
 *
 * @param warren Warren's version
 * @param java the version of Java
 * @param kernel name and release of the kernel
 * @param processors how many the run could use
 * @param hostName the machine's name
 * @param user who ran it
 * @param root whether that was root, of the machine or of a user namespace
 * @param ids how many uids its hosts had: 4294967295 as root of the machine, else 65536 as a rule,
 *     or 1; empty where that is not known
 * @param isolation what made hosts private, {@code namespaces} or {@code cwrap}; empty where that
 *     is not known
 * @param commandLine the words of the command; empty where it was not a command
 */
public record RunFacts(
    String warren,
    String java,
    String kernel,
    int processors,
    String hostName,
    String user,
    boolean root,
    Optional<Long> ids,
    Optional<String> isolation,
    List<String> commandLine) {

  /** Copies the list. */
  public RunFacts {
    commandLine = List.copyOf(commandLine);
  }

  /** The facts of this process. */
  public static RunFacts ofThisProcess(List<String> commandLine) {
    String user = System.getProperty("user.name", "");
    return new RunFacts(
        version(),
        Runtime.version().toString(),
        System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""),
        Runtime.getRuntime().availableProcessors(),
        MachineName.get(),
        user,
        user.equals("root"),
        idsHere(),
        Optional.empty(),
        commandLine);
  }

  /** The same of hosts that this makes private. */
  public RunFacts isolatedBy(Isolation value) {
    return new RunFacts(
        warren,
        java,
        kernel,
        processors,
        hostName,
        user,
        root,
        ids,
        Optional.of(value.word()),
        commandLine);
  }

  private static Optional<Long> idsHere() {
    try {
      return Optional.of(IdMap.ofUsers().size());
    } catch (IOException e) {
      // Facts are no reason to end a run, which says by itself what it lacks.
      return Optional.empty();
    }
  }

  private static String version() {
    return Optional.ofNullable(RunListener.class.getModule().getDescriptor())
        .flatMap(ModuleDescriptor::rawVersion)
        .orElse("(not packaged)");
  }
}
