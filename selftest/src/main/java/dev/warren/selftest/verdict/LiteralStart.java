package dev.warren.selftest.verdict;

/** Collects what every text begins with that an expression matches. */
final class LiteralStart {
  private final StringBuilder text = new StringBuilder();
  private int last;
  private boolean ended;

  /** A character that stands for itself comes next. */
  void add(int codePoint) {
    if (!ended) {
      last = text.length();
      text.appendCodePoint(codePoint);
    }
  }

  /** A mark for the start of the text comes next, which means nothing when it comes first. */
  void anchor() {
    ended |= !text.isEmpty();
  }

  /** What was added last may be there any number of times, also none. */
  void repeated() {
    if (!ended) {
      text.setLength(last);
    }
    ended = true;
  }

  /** Something else comes next. */
  void end() {
    ended = true;
  }

  /** What comes next may be there in place of all that came so far. */
  void alternative(boolean ofAll) {
    ended = true;
    if (ofAll) {
      text.setLength(0);
    }
  }

  String text() {
    return text.toString();
  }
}
