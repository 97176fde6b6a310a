package dev.warren.lab;

import dev.warren.lab.plan.Site;
import dev.warren.lab.service.ServiceListener;
import dev.warren.lab.software.PackageSource;
import dev.warren.lab.software.Software;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.linux.kernel.Kernel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lab takes from the machine, as opposed to what it is.
 *
 * @param softwareLayers folders that hold {@code usr} and maybe {@code etc}, laid over the
 *     machine's in every host; the first is on top
 * @param readOnlyBinds folders of the machine that every host sees, by their path in the host;
 *     these paths lie under /run, /tmp or another private directory
 * @param sharedDirectory where every host sees one empty folder in memory that all share
 * @param stateDirectory a folder of the machine where the lab is put together; it must exist, and
 *     is as it was once the lab has started or failed to
 * @param packages where the Debian packages of hosts come from
 * @param serviceListener is told what services do, from the start on
 * @param kernel the door to the kernel
 */
public record LabSettings(
    List<Path> softwareLayers,
    Map<Path, Path> readOnlyBinds,
    Optional<Path> sharedDirectory,
    Path stateDirectory,
    PackageSource packages,
    ServiceListener serviceListener,
    Kernel kernel) {
  private static final Logger LOG = LoggerFactory.getLogger(LabSettings.class);

  /** Copies. */
  public LabSettings {
    softwareLayers = List.copyOf(softwareLayers);
    readOnlyBinds = Map.copyOf(readOnlyBinds);
  }

  /**
   * The machine's own software, nothing shared. Packages of hosts are fetched by the machine's apt
   * into the caller's cache, {@link Software#defaultCache}; progress is logged.
   */
  public static LabSettings in(Path stateDirectory) {
    Software software = new Software(Software.defaultCache(System.getenv()), LOG::info);
    return new LabSettings(
        List.of(),
        Map.of(),
        Optional.empty(),
        stateDirectory,
        software.source(SoftwareChoice.AUTO),
        ServiceListener.none(),
        Kernel.real());
  }

  /** With other layers. */
  public LabSettings withSoftwareLayers(List<Path> layers) {
    return new LabSettings(
        layers, readOnlyBinds, sharedDirectory, stateDirectory, packages, serviceListener, kernel);
  }

  /** With other folders of the machine, by their path in the host. */
  public LabSettings withReadOnlyBinds(Map<Path, Path> binds) {
    return new LabSettings(
        softwareLayers, binds, sharedDirectory, stateDirectory, packages, serviceListener, kernel);
  }

  /** With a folder that all hosts share. */
  public LabSettings withSharedDirectory(Path directory) {
    return new LabSettings(
        softwareLayers,
        readOnlyBinds,
        Optional.of(directory),
        stateDirectory,
        packages,
        serviceListener,
        kernel);
  }

  /** With another door to the kernel. */
  public LabSettings withKernel(Kernel other) {
    return new LabSettings(
        softwareLayers,
        readOnlyBinds,
        sharedDirectory,
        stateDirectory,
        packages,
        serviceListener,
        other);
  }

  /** With packages from elsewhere. */
  public LabSettings withPackages(PackageSource source) {
    return new LabSettings(
        softwareLayers,
        readOnlyBinds,
        sharedDirectory,
        stateDirectory,
        source,
        serviceListener,
        kernel);
  }

  /** With somebody who is told what services do. */
  public LabSettings withServiceListener(ServiceListener listener) {
    return new LabSettings(
        softwareLayers, readOnlyBinds, sharedDirectory, stateDirectory, packages, listener, kernel);
  }

  Site site() {
    return new Site(
        stateDirectory.resolve("memory"),
        softwareLayers,
        readOnlyBinds,
        sharedDirectory,
        CodePath.ofThisJvm());
  }
}
