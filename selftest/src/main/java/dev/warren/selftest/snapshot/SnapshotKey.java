package dev.warren.selftest.snapshot;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a snapshot is made of: two that have equal keys hold the same state.
 *
 * @param testenv what it is a snapshot of, with all that it needs
 * @param parts what went into it, by name; a version, or a checksum of what is longer
 */
public record SnapshotKey(String testenv, SortedMap<String, String> parts) {
  /** 80 bits: a name, not a defence. */
  private static final int DIGITS = 20;

  /** Copies the parts. */
  public SnapshotKey {
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
  }

  /** What the snapshot is called: the testenv's name, a hyphen, and a digest of the parts. */
  public String name() {
    String text =
        parts.entrySet().stream()
            .map(part -> part.getKey() + "\0" + part.getValue() + "\n")
            .collect(Collectors.joining());
    return testenv + "-" + Sha256.of(text).substring(0, DIGITS);
  }

  /** The names of the parts that are others than in an earlier key. */
  public SortedSet<String> changesSince(SnapshotKey earlier) {
    SortedSet<String> names = new TreeSet<>(parts.keySet());
    names.addAll(earlier.parts.keySet());
    names.removeIf(
        name ->
            parts.getOrDefault(name, "").equals(earlier.parts.getOrDefault(name, ""))
                && parts.containsKey(name) == earlier.parts.containsKey(name));
    return names;
  }
}
