package dev.warren.selftest.run;

import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.testenv.Catalogue;
import java.nio.file.Path;

/**
 * What labs with testenvs are made of.
 *
 * @param catalogue the testenvs that there are
 * @param resultFolder where logs go when a lab ends ({@code st}); made when it is not there
 * @param cache where software is kept
 * @param opener gives each lab its name and its place
 * @param software where programs come from
 */
public record LabOptions(
    Catalogue catalogue, Path resultFolder, Path cache, LabOpener opener, SoftwareChoice software) {

  /** Options with what is usual for the rest. */
  public static LabOptions of(
      Catalogue catalogue, Path resultFolder, Path cache, LabOpener opener) {
    return new LabOptions(catalogue, resultFolder, cache, opener, SoftwareChoice.AUTO);
  }

  /** Whether a testenv that was set up is saved, and another lab of it starts from there. */
  boolean hasSnapshots() {
    return false;
  }

  /** With software from elsewhere. */
  public LabOptions withSoftware(SoftwareChoice other) {
    return new LabOptions(catalogue, resultFolder, cache, opener, other);
  }
}
