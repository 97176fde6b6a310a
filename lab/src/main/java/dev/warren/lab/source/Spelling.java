package dev.warren.lab.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what somebody meant who wrote a word that is not known. */
public final class Spelling {

  private Spelling() {}

  /**
   * The known word that is closest to the written one, when it is close enough to be meant: one
   * edit for up to three letters, then one more for every three. An edit is a letter too many,
   * missing, or wrong, or two neighbours swapped; upper and lower case are the same.
   */
  public static Optional<String> closest(String written, Collection<String> known) {
    int allowed = Math.max(1, written.length() / 3);
    record Candidate(String word, int distance) {}
    return known.stream()
        .map(word -> new Candidate(word, distance(lower(written), lower(word), allowed)))
        .filter(candidate -> candidate.distance <= allowed)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
        .map(Candidate::word);
  }

  /** {@code ; did you mean "word"?}, or nothing when no known word is close. */
  public static String hint(String written, Collection<String> known) {
    return closest(written, known).map("; did you mean \"%s\"?"::formatted).orElse("");
  }

  /** Optimal string alignment distance, or some number above {@code limit}. */
  private static int distance(String from, String to, int limit) {
    if (Math.abs(from.length() - to.length()) > limit) {
      return limit + 1;
    }
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : step(from, to, edits, i, j);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int step(String from, String to, int[][] edits, int i, int j) {
    int replace = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(edits[i - 1][j - 1] + replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
