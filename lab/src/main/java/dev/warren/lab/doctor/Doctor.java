package dev.warren.lab.doctor;

import dev.warren.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what this machine allows and lacks for labs and testenvs. Looks and tries; changes
 * nothing outside of processes of its own.
 */
public final class Doctor {
  private Doctor() {}

  /**
   * Makes all checks.
   *
   * @param cache where fetched software is kept; need not exist
   * @throws IOException when there is no room even for a temporary file
   */
  public static Diagnosis examine(Path cache) throws IOException {
    Machine machine = new Machine(Path.of("/"));
    List<Finding> findings = new ArrayList<>(KernelChecks.run(machine, Kernel.real()));
    UserNamespaceChecks.Result user = UserNamespaceChecks.run(machine);
    findings.addAll(user.findings());
    if (user.entry().isPresent()) {
      findings.addAll(TrialChecks.run(machine, user.entry().get()));
    }
    findings.addAll(ToolChecks.run(machine));
    findings.add(java());
    findings.add(StorageChecks.run(cache));
    return new Diagnosis(findings);
  }

  private static Finding java() {
    return Finding.yes(
        "JDK", Need.LABS, Runtime.version() + " in " + System.getProperty("java.home"));
  }
}
