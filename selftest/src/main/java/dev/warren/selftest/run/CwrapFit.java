package dev.warren.selftest.run;

import dev.warren.lab.description.CwrapCheck;
import dev.warren.lab.description.Fault;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.Subject;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether testenvs can be under cwrap: as their files describe them, {@code with-cwrap} included.
 */
final class CwrapFit {
  /** uid_wrapper pretends any. */
  static final long IDS = 1L << 32;

  private static final int MOST_TOLD = 4;

  /** How {@link CwrapCheck} begins with any of a host's, and what it says of name services. */
  private static final String PRIVATE = "the private directory ";

  private static final String NSSWITCH = "an nsswitch.conf of its own";

  private CwrapFit() {}

  /**
   * What keeps the testenvs of a lab from it.
   *
   * @return empty when they can
   * @throws IOException when not even the catalogue's client can
   */
  static Optional<PartMissingException> missing(LabAssembly assembly, String name)
      throws IOException {
    LabDescription lab = assembly.describe(name);
    List<Fault> faults = CwrapCheck.faults(lab);
    List<Fault> common = faults.stream().filter(fault -> host(fault).isEmpty()).toList();
    if (!common.isEmpty()) {
      throw new IOException(
          "the client of catalogue %s cannot be under cwrap: %s"
              .formatted(assembly.catalogue().folder().getFileName(), words(common)));
    }
    // The suites' own testenv first: what it needs is of less interest.
    for (int i = assembly.testenvs().size() - 1; i >= 0; i--) {
      TestenvDefinition testenv = assembly.testenvs().get(i);
      List<String> parts = parts(testenv, i, faults);
      if (!parts.isEmpty()) {
        return Optional.of(
            new PartMissingException(testenv.name(), "namespaces (" + listed(parts) + ")"));
      }
    }
    return Optional.empty();
  }

  /** What of a testenv cwrap does not have, each once. */
  private static List<String> parts(TestenvDefinition testenv, int index, List<Fault> faults) {
    Stream<String> zones =
        testenv.zones().isEmpty() ? Stream.empty() : Stream.of("DNS zones of its own");
    String host = "host " + testenv.host().name() + ": ";
    Stream<String> others =
        faults.stream()
            .filter(fault -> host(fault).filter(at -> at == index).isPresent())
            .map(fault -> without(host, fault.message()))
            .map(part -> part.startsWith(PRIVATE) ? "private directories" : part)
            .map(part -> part.equals(NSSWITCH) ? nsswitch(testenv) : part);
    return Stream.concat(zones, others).distinct().toList();
  }

  /** Of which testenv's host it is; of none, of the client or the network. */
  private static Optional<Integer> host(Fault fault) {
    return switch (fault.subject()) {
      case Subject.Host(int index) when index != Subject.ROOT -> Optional.of(index);
      case Subject.Interface(int host, int _) when host != Subject.ROOT -> Optional.of(host);
      default -> Optional.empty();
    };
  }

  /** Which modules of the C library it wants: {@code winbind in its nsswitch.conf}. */
  private static String nsswitch(TestenvDefinition testenv) {
    Map<String, String> databases = testenv.host().description().accounts().nsswitch();
    String modules =
        databases.values().stream()
            .flatMap(sources -> Stream.of(sources.split("\\s+")))
            .filter(module -> !module.equals("files"))
            .distinct()
            .collect(Collectors.joining(" and "));
    return modules.isEmpty() ? NSSWITCH : modules + " in its nsswitch.conf";
  }

  private static String words(List<Fault> faults) {
    return listed(faults.stream().map(fault -> without("", fault.message())).toList());
  }

  private static String without(String start, String message) {
    String rest = message.startsWith(start) ? message.substring(start.length()) : message;
    return rest.replace(" needs namespaces", "");
  }

  private static String listed(List<String> parts) {
    String some = parts.stream().limit(MOST_TOLD).collect(Collectors.joining(", "));
    return parts.size() > MOST_TOLD
        ? "%s and %d more".formatted(some, parts.size() - MOST_TOLD)
        : some;
  }
}
