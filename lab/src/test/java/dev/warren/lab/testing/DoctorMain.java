package dev.warren.lab.testing;

import dev.warren.lab.doctor.Doctor;
import java.io.IOException;
import java.nio.file.Path;

/** Says what the doctor finds, in a line each, and in which module it was. */
public final class DoctorMain {
  private DoctorMain() {}

  /** Examines this machine, with a folder for the cache. */
  public static void main(String[] arguments) throws IOException {
    Doctor.examine(Path.of(arguments[0]))
        .findings()
        .forEach(
            finding ->
                System.out.printf(
                    "%s: %s %s%n",
                    Doctor.class.getModule().getName(), finding.name(), finding.verdict()));
  }
}
