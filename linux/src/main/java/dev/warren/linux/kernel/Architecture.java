package dev.warren.linux.kernel;

/** The kinds of machine whose system-call numbers Warren knows. */
public enum Architecture {
  X86_64,
  AARCH64;

  /**
   * The machine that this JVM runs on.
   *
   * @throws UnsupportedOperationException on another kind of machine
   */
  public static Architecture current() {
    String name = System.getProperty("os.arch", "unknown");
    return switch (name) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64" -> AARCH64;
      default ->
          throw new UnsupportedOperationException(
              "Warren knows the system calls of x86-64 and aarch64, not of " + name);
    };
  }
}
