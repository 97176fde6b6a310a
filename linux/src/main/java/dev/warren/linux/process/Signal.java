package dev.warren.linux.process;

/** The signals that Warren sends; numbers from asm-generic/signal.h, as on x86-64 and aarch64. */
public enum Signal {
  HUP(1),
  INT(2),
  QUIT(3),
  KILL(9),
  TERM(15),
  CONT(18),
  STOP(19);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  /** The number, as in signal(7). */
  public int number() {
    return number;
  }
}
