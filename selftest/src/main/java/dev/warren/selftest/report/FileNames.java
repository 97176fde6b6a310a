package dev.warren.selftest.report;

import java.util.HashMap;
import java.util.Map;

/** Names of files for suites: readable, and never the same for two. For several threads. */
public final class FileNames {
  /** Leaves room for a prefix, a number and an ending in the 255 bytes of a file's name. */
  private static final int MAX_LENGTH = 200;

  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Integer> taken = new HashMap<>();

  /** No name given yet. */
  public FileNames() {}

  /** The name for a suite: always the same one, without an ending. */
  public synchronized String of(String suite) {
    return names.computeIfAbsent(suite, this::choose);
  }

  private String choose(String suite) {
    String safe = suite.replaceAll("[^A-Za-z0-9.-]", "_");
    String name = safe.substring(0, Math.min(safe.length(), MAX_LENGTH));
    int number = taken.merge(name, 1, Integer::sum);
    return number == 1 ? name : name + "~" + number;
  }
}
