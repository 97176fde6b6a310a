package dev.warren.selftest.run;

import dev.warren.lab.description.Isolation;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.selftest.backup.DomainBackup;
import dev.warren.selftest.snapshot.SnapshotPolicy;
import dev.warren.selftest.testenv.Catalogue;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What labs with testenvs are made of.
 *
 * @param catalogue the testenvs that there are
 * @param resultFolder where logs go when a lab ends ({@code st}); made when it is not there
 * @param cache where software is kept
 * @param opener gives each lab its name and its place
 * @param software where programs come from
 * @param snapshots whether testenvs start from snapshots, and are saved
 * @param backup of which testenvs are made that say so
 * @param watch how closely they are looked at
 * @param isolation what makes their hosts private: namespaces or cwrap
 */
public record LabOptions(
    Catalogue catalogue,
    Path resultFolder,
    Path cache,
    LabOpener opener,
    SoftwareChoice software,
    SnapshotPolicy snapshots,
    Optional<DomainBackup> backup,
    Watch watch,
    Isolation isolation) {

  /** Options with what is usual for the rest; without snapshots. */
  public static LabOptions of(
      Catalogue catalogue, Path resultFolder, Path cache, LabOpener opener) {
    return new LabOptions(
        catalogue,
        resultFolder,
        cache,
        opener,
        SoftwareChoice.AUTO,
        SnapshotPolicy.OFF,
        Optional.empty(),
        Watch.USUAL,
        Isolation.NAMESPACES);
  }

  /** With software from elsewhere. */
  public LabOptions withSoftware(SoftwareChoice other) {
    return new LabOptions(
        catalogue, resultFolder, cache, opener, other, snapshots, backup, watch, isolation);
  }

  /** With snapshots. */
  public LabOptions withSnapshots(SnapshotPolicy other) {
    return new LabOptions(
        catalogue, resultFolder, cache, opener, software, other, backup, watch, isolation);
  }

  /** Looked at in another way. */
  public LabOptions withWatch(Watch other) {
    return new LabOptions(
        catalogue, resultFolder, cache, opener, software, snapshots, backup, other, isolation);
  }

  /** With testenvs made from this backup. */
  public LabOptions withBackup(Optional<DomainBackup> other) {
    return new LabOptions(
        catalogue, resultFolder, cache, opener, software, snapshots, other, watch, isolation);
  }

  /** With hosts that are private by another means. */
  public LabOptions withIsolation(Isolation other) {
    return new LabOptions(
        catalogue, resultFolder, cache, opener, software, snapshots, backup, watch, other);
  }

  boolean underCwrap() {
    return isolation == Isolation.CWRAP;
  }
}
