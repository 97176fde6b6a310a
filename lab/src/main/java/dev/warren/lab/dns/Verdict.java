package dev.warren.lab.dns;

/** What is to be done with a message. */
sealed interface Verdict {

  /** Nothing: it is no query. */
  record Ignore() implements Verdict {}

  /** It has this answer. */
  final class Answer implements Verdict {
    private final byte[] message;

    Answer(byte[] message) {
      this.message = message;
    }

    byte[] message() {
      return message;
    }
  }

  /** Another server answers it. */
  record Relay(Forward forward) implements Verdict {}
}
