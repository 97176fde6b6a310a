package dev.warren.cli;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Signals that this JVM is sent, by {@code sun.misc.Signal} of the module jdk.unsupported, which
 * stays as long as there is no other way (JEP 260). Through reflection, for javac warns of every
 * other use, and that warning cannot be switched off in one place.
 */
final class Signals {
  private Signals() {}

  /** Is told of a signal. */
  @FunctionalInterface
  interface Handler {
    /** On a thread of its own for each signal. */
    void handle(int number);
  }

  /**
   * From now on a signal is the handler's; where this process was started with it ignored, as
   * nohup(1) does, it stays so.
   *
   * @param name without {@code SIG}
   */
  static void handle(String name, Handler handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      MethodHandle take =
          MethodHandles.lookup()
              .findStatic(
                  Signals.class,
                  "take",
                  MethodType.methodType(void.class, Handler.class, Object.class))
              .bindTo(handler);
      Object proxy = MethodHandleProxies.asInterfaceInstance(type, take);
      var _ =
          signal
              .getMethod("handle", signal, type)
              .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("handle SIG" + name, impossible);
    }
  }

  /** What a handler's proxy calls. */
  static void take(Handler handler, Object signal) {
    try {
      handler.handle((int) signal.getClass().getMethod("getNumber").invoke(signal));
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("ask for the number of " + signal, impossible);
    }
  }
}
