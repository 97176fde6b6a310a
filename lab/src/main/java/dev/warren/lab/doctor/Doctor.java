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
    Machine machine = Machine.real();
    Kernel kernel = Kernel.real();
    List<Finding> findings = new ArrayList<>(KernelChecks.run(machine, kernel));
    UserNamespaceChecks.Result user = UserNamespaceChecks.run(machine, kernel);
    findings.addAll(user.findings());
    if (user.entry().isPresent()) {
      findings.addAll(TrialChecks.run(machine, kernel, user.entry().get()));
    }
    findings.add(CgroupChecks.run());
    findings.addAll(ToolChecks.run(machine));
    findings.add(java());
    findings.add(StorageChecks.run(cache));
    findings.addAll(CwrapChecks.run(machine, kernel));
    findings.add(DeviceChecks.kvm(machine, kernel, Path.of("/dev/kvm")));
    return new Diagnosis(findings);
  }

  private static Finding java() {
    return Finding.yes(
        "JDK", Need.LABS, Runtime.version() + " in " + System.getProperty("java.home"));
  }
}
