package dev.warren.linux.kernel;

import java.io.IOException;
import java.util.Optional;

/**
 * The kernel refused something. The message is one line: what was to be done to what, the error's
 * name and meaning, the kernel's own words where it gave some, and the remedy where one is known.
 */
public final class KernelException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int number;
  private final String action;
  private final String detail;

  private KernelException(String action, int number, String detail) {
    super(action + ": " + describe(number) + detail);
    this.action = action;
    this.number = number;
    this.detail = detail;
  }

  /**
   * An error of a system call.
   *
   * @param action the call and its object in words: {@code mount tmpfs on /tmp}
   * @param number the positive error number
   */
  public static KernelException of(String action, int number) {
    return new KernelException(
        action, number, Remedies.of(action, number).map(r -> ": " + r).orElse(""));
  }

  /**
   * An error that the kernel explained, as rtnetlink does.
   *
   * @param explanation the kernel's own words
   */
  public static KernelException explained(String action, int number, String explanation) {
    return new KernelException(action, number, ": " + explanation);
  }

  /**
   * Passes a result on, or throws.
   *
   * @param result what {@link Kernel} returned
   * @param action the call and its object in words
   * @return the result, zero or more
   */
  public static long check(long result, String action) throws KernelException {
    if (result < 0) {
      throw of(action, (int) -result);
    }
    return result;
  }

  /**
   * The same error, as it came in the way of something.
   *
   * @param purpose what was to be done to what: {@code start ls in host a}
   */
  public KernelException during(String purpose) {
    String both = purpose.startsWith(action) ? purpose : purpose + ": " + action;
    KernelException same = new KernelException(both, number, detail);
    same.initCause(this);
    return same;
  }

  /** The call and its object in words, as in the message. */
  public String action() {
    return action;
  }

  /** The error, where it is one that Warren knows by name. */
  public Optional<Errno> errno() {
    return Errno.of(number);
  }

  /** Whether the kernel said this. */
  public boolean is(Errno errno) {
    return number == errno.number();
  }

  private static String describe(int number) {
    return Errno.of(number).map(Errno::toString).orElse("error " + number);
  }
}
