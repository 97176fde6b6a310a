package dev.warren.selftest.run;

import dev.warren.lab.Lab;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.testenv.Catalogue;
import java.nio.file.Path;

/**
 * What a lab with testenvs is made of.
 *
 * @param catalogue the testenvs that there are
 * @param labName what the lab is called
 * @param stateFolder a folder of the machine for this lab alone, which exists
 * @param resultFolder where logs go when the lab ends ({@code st}); made when it is not there
 * @param cache where software is kept
 * @param software where programs come from
 * @param starter starts the lab
 * @param watch how closely it is looked at
 */
public record LabOptions(
    Catalogue catalogue,
    String labName,
    Path stateFolder,
    Path resultFolder,
    Path cache,
    SoftwareChoice software,
    LabStarter starter,
    Watch watch) {

  /** Options with what is usual for the rest. */
  public static LabOptions of(
      Catalogue catalogue, String labName, Path stateFolder, Path resultFolder, Path cache) {
    return new LabOptions(
        catalogue,
        labName,
        stateFolder,
        resultFolder,
        cache,
        SoftwareChoice.AUTO,
        Lab::start,
        Watch.USUAL);
  }

  /** With software from elsewhere. */
  public LabOptions withSoftware(SoftwareChoice other) {
    return new LabOptions(
        catalogue, labName, stateFolder, resultFolder, cache, other, starter, watch);
  }

  /** With another way to start the lab. */
  public LabOptions withStarter(LabStarter other) {
    return new LabOptions(
        catalogue, labName, stateFolder, resultFolder, cache, software, other, watch);
  }

  /** Looked at in another way. */
  public LabOptions withWatch(Watch other) {
    return new LabOptions(
        catalogue, labName, stateFolder, resultFolder, cache, software, starter, other);
  }
}
