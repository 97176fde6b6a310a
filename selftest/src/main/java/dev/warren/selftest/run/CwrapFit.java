package dev.warren.selftest.run;

import dev.warren.lab.description.CwrapCheck;
import dev.warren.lab.description.Fault;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.Subject;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether testenvs can be under cwrap: as their files describe them, {@code with-cwrap} included.
 */
final class CwrapFit {
  /** uid_wrapper pretends any. */
  static final long IDS = 1L << 32;

  private static final int MOST_TOLD = 3;

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
    for (int i = 0; i < assembly.testenvs().size(); i++) {
      int index = i;
      TestenvDefinition testenv = assembly.testenvs().get(i);
      List<Fault> own =
          faults.stream()
              .filter(fault -> host(fault).filter(at -> at == index).isPresent())
              .toList();
      if (!own.isEmpty()) {
        return Optional.of(
            new PartMissingException(testenv.name(), "namespaces (" + words(own) + ")"));
      }
      if (!testenv.zones().isEmpty()) {
        return Optional.of(
            new PartMissingException(testenv.name(), "namespaces (DNS zones of its own)"));
      }
    }
    return Optional.empty();
  }

  /** Of which testenv's host it is; of none, of the client or the network. */
  private static Optional<Integer> host(Fault fault) {
    return switch (fault.subject()) {
      case Subject.Host(int index) when index != Subject.ROOT -> Optional.of(index);
      case Subject.Interface(int host, int _) when host != Subject.ROOT -> Optional.of(host);
      default -> Optional.empty();
    };
  }

  private static String words(List<Fault> faults) {
    String some =
        faults.stream()
            .limit(MOST_TOLD)
            .map(fault -> fault.message().replace(" needs namespaces", ""))
            .collect(Collectors.joining("; "));
    return faults.size() > MOST_TOLD
        ? "%s and %d more".formatted(some, faults.size() - MOST_TOLD)
        : some;
  }
}
