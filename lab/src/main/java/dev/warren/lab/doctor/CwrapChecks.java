package dev.warren.lab.doctor;

import dev.warren.lab.cwrap.CwrapLibraries;
import dev.warren.linux.kernel.Architecture;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What labs need where namespaces are refused: the libraries of cwrap.org. */
final class CwrapChecks {
  private static final List<String> LIBRARIES =
      CwrapLibraries.NAMES.stream().map(name -> "lib" + name + ".so").toList();

  private static final Distribution.Software CWRAP =
      new Distribution.Software(
          "cwrap's libraries",
          String.join(" ", CwrapLibraries.PACKAGES),
          String.join(" ", CwrapLibraries.NAMES),
          "");

  /** From asm-generic/socket.h and linux/net.h. */
  private static final int AF_UNIX = 1;

  private static final int SOCK_STREAM = 1;
  private static final int SOCK_CLOEXEC = 02000000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_REUSEPORT = 15;

  private CwrapChecks() {}

  static List<Finding> run(Machine machine, Kernel kernel) {
    List<Finding> findings = new ArrayList<>();
    findings.add(libraries(machine));
    findings.add(reusedPorts(kernel));
    return findings;
  }

  private static Finding libraries(Machine machine) {
    String name = "cwrap";
    List<String> missing = new ArrayList<>();
    List<Path> found = new ArrayList<>();
    for (String library : LIBRARIES) {
      machine
          .find(folders(machine), library)
          .ifPresentOrElse(found::add, () -> missing.add(library));
    }
    if (missing.isEmpty()) {
      return Finding.yes(name, Need.CWRAP, "its libraries are in " + found.getFirst().getParent());
    }
    String detail = "the loader does not find " + String.join(", ", missing);
    String remedy = machine.distribution().install(CWRAP);
    return isFetched(machine)
        ? Finding.partly(
            name,
            Need.CWRAP,
            detail + ": apt fetches them when they are needed",
            "no labs where namespaces are refused and there is no network",
            remedy)
        : Finding.no(name, Need.CWRAP, detail, "no labs where namespaces are refused", remedy);
  }

  /** Whether Warren gets packages by itself here, as {@code lab.software} does it. */
  private static boolean isFetched(Machine machine) {
    return Stream.of("apt-get", "dpkg-deb")
        .allMatch(program -> machine.find(Stream.of("/usr/bin", "/bin"), program).isPresent());
  }

  /** Where ld.so(8) looks, with what Debian and Fedora give it in ld.so.conf. */
  private static Stream<String> folders(Machine machine) {
    String triplet =
        switch (Architecture.current()) {
          case X86_64 -> "x86_64-linux-gnu";
          case AARCH64 -> "aarch64-linux-gnu";
        };
    return Stream.concat(
        machine.variable("LD_LIBRARY_PATH").stream()
            .flatMap(path -> Stream.of(path.split(":", -1))),
        Stream.of(
            "/usr/local/lib/" + triplet,
            "/usr/local/lib64",
            "/usr/local/lib",
            "/usr/lib/" + triplet,
            "/usr/lib64",
            "/usr/lib"));
  }

  /**
   * A wrapped socket is a Unix socket. Linux refuses this option there since 6.13 (and 6.12.9,
   * 6.1.124), and socket_wrapper up to 1.3.5 passes it on.
   */
  private static Finding reusedPorts(Kernel kernel) {
    String name = "SO_REUSEPORT on Unix sockets";
    long answer = reusePort(kernel);
    if (answer == 0) {
      return Finding.yes(name, Need.CWRAP, "allowed, as socket_wrapper up to 1.3.5 needs it");
    }
    return Finding.partly(
        name,
        Need.CWRAP,
        "this kernel refuses it ("
            + Errno.of((int) -answer).map(Enum::name).orElse("error " + -answer)
            + "), and socket_wrapper up to 1.3.5 passes it on",
        "Samba's daemons do not start under cwrap with such a socket_wrapper",
        "a newer socket_wrapper, or labs in namespaces");
  }

  private static long reusePort(Kernel kernel) {
    long socket = kernel.call(SystemCall.SOCKET, AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) {
      return socket;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
      return kernel.call(
          SystemCall.SETSOCKOPT,
          socket,
          SOL_SOCKET,
          SO_REUSEPORT,
          one.address(),
          one.byteSize(),
          0);
    } finally {
      kernel.call(SystemCall.CLOSE, socket, 0, 0);
    }
  }
}
