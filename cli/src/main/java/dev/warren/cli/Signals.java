package dev.warren.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

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
      InvocationHandler calls =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  handler.handle((int) signal.getMethod("getNumber").invoke(arguments[0]));
                  yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "a handler of SIG" + name;
              };
      Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls);
      var _ =
          signal
              .getMethod("handle", signal, type)
              .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException("handle SIG" + name, impossible);
    }
  }
}
