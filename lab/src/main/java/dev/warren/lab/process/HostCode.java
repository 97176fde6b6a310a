package dev.warren.lab.process;

/**
 * Java code that runs inside a host.
 *
 * @param <T> what it gives
 * @param <X> what it may throw; {@link RuntimeException} when it throws nothing that is checked
 */
@FunctionalInterface
public interface HostCode<T, X extends Exception> {
  /** Does it. */
  T run() throws X;
}
