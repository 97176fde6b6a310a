package dev.warren.linux.process;

/** The signals that Warren sends; numbers from asm-generic/signal.h, as on x86-64 and aarch64. */
public enum Signal {
  HUP(1),
  INT(2),
  QUIT(3),
  KILL(9),
  USR1(10),
  USR2(12),
  ALRM(14),
  TERM(15),
  CONT(18),
  STOP(19),
  WINCH(28);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  /** The number, as in signal(7). */
  public int number() {
    return number;
  }
}
