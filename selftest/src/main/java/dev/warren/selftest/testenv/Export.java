package dev.warren.selftest.testenv;

/** Where the value of an exported variable comes from. */
public sealed interface Export {

  /** A text. */
  record Value(Template template) implements Export {}

  /** The output of a script in the testenv's host after its set-up, without the last line end. */
  record Command(String script) implements Export {}
}
