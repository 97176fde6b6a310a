package dev.warren.lab.faults;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process takes of the machine now.
 *
 * @param descriptors number and target of every open file
 * @param threads the names of all threads of the machine's that are labs'
 * @param children PIDs
 * @param namespaces all that this process, or a thread of it, is in or holds open
 * @param mounts lines of its mount table
 */
record Footprint(
    Set<String> descriptors,
    List<String> threads,
    Set<Long> children,
    Set<String> namespaces,
    List<String> mounts) {

  /** Of this process. */
  static Footprint now() throws IOException {
    Set<String> descriptors = links(Path.of("/proc/self/fd"), true);
    Set<String> namespaces =
        descriptors.stream()
            .map(text -> text.substring(text.indexOf(' ') + 1))
            .filter(target -> target.matches("[a-z]+:\\[[0-9]+]"))
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      for (Path task : tasks.toList()) {
        namespaces.addAll(links(task.resolve("ns"), false));
      }
    }
    return new Footprint(
        descriptors,
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith("warren-"))
            .sorted()
            .toList(),
        ProcessHandle.current()
            .children()
            .map(ProcessHandle::pid)
            .collect(Collectors.toCollection(TreeSet::new)),
        namespaces,
        Files.readAllLines(Path.of("/proc/self/mountinfo")));
  }

  private static Set<String> links(Path folder, boolean named) throws IOException {
    Set<String> targets = new TreeSet<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path one : all.toList()) {
        try {
          String target = Files.readSymbolicLink(one).toString();
          targets.add(named ? one.getFileName() + " " + target : target);
        } catch (NoSuchFileException closedMeanwhile) {
          // It is not open now.
        }
      }
    } catch (NoSuchFileException | AccessDeniedException ended) {
      // A thread that has ended holds nothing.
    }
    targets.removeIf(target -> named && target.endsWith("/fd"));
    return targets;
  }

  /** All threads of this process, as the kernel counts. */
  static int tasks() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return (int) tasks.count();
    }
  }

  /** Memory on Java's heap that is in use after a full collection, in bytes. */
  static long heap() {
    System.gc();
    Runtime memory = Runtime.getRuntime();
    return memory.totalMemory() - memory.freeMemory();
  }

  /** Memory of the machine that this process has, in bytes. */
  static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .sum();
  }
}
