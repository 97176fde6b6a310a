package dev.warren.lab;

import dev.warren.lab.description.Isolation;
import dev.warren.lab.plan.Site;
import dev.warren.lab.service.ServiceListener;
import dev.warren.lab.software.PackageSource;
import dev.warren.lab.software.Software;
import dev.warren.lab.software.SoftwareChoice;
import dev.warren.linux.kernel.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
 * @param hidden folders of the machine that no host sees into: what a process of a host would find
 *     there (sockets of this user's programs) it could use as this user
 * @param visible files and folders of the machine that every host sees where they are, to be read,
 *     also below a directory that the host has for itself
 * @param stateDirectory a folder of the machine where the lab is put together if the machine has no
 *     other place for that; it need not exist, and is as it was once the lab has started or failed
 *     to
 * @param packages where the Debian packages of hosts come from
 * @param serviceListener is told what services do, from the start on
 * @param kernel the door to the kernel; nothing for the real one
 * @param hostsAtOnce how many hosts are made or ended side by side, at least 1; as many as there
 *     are processors, unless somebody chooses
 * @param isolation what is to make hosts private, whatever the lab's description says; {@link
 *     Isolation#AUTO} leaves it to that
 */
public record LabSettings(
    List<Path> softwareLayers,
    Map<Path, Path> readOnlyBinds,
    Optional<Path> sharedDirectory,
    List<Path> hidden,
    List<Path> visible,
    Path stateDirectory,
    PackageSource packages,
    ServiceListener serviceListener,
    Optional<Kernel> kernel,
    int hostsAtOnce,
    Isolation isolation) {
  private static final Logger LOG = LoggerFactory.getLogger(LabSettings.class);

  /**
   * Folders that every Linux has, and that nobody needs while a host is made: to the threads that
   * make it the lab's memory lies on one of them. A folder made for that would be left on the
   * machine by a JVM that is killed meanwhile.
   */
  private static final List<Path> PLACES =
      List.of(Path.of("/proc/tty"), Path.of("/proc/driver"), Path.of("/proc/fs"));

  /** Copies. */
  public LabSettings {
    softwareLayers = List.copyOf(softwareLayers);
    readOnlyBinds = Map.copyOf(readOnlyBinds);
    hidden = List.copyOf(hidden);
    visible = List.copyOf(visible);
    if (hostsAtOnce < 1) {
      throw new IllegalArgumentException("at least one host at once, not " + hostsAtOnce);
    }
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
        List.of(),
        List.of(),
        stateDirectory,
        software.source(SoftwareChoice.AUTO),
        ServiceListener.none(),
        Optional.empty(),
        Runtime.getRuntime().availableProcessors(),
        Isolation.AUTO);
  }

  /** With other layers. */
  public LabSettings withSoftwareLayers(List<Path> layers) {
    return new LabSettings(
        layers,
        readOnlyBinds,
        sharedDirectory,
        hidden,
        visible,
        stateDirectory,
        packages,
        serviceListener,
        kernel,
        hostsAtOnce,
        isolation);
  }

  /** With other folders of the machine, by their path in the host. */
  public LabSettings withReadOnlyBinds(Map<Path, Path> binds) {
    return new LabSettings(
        softwareLayers,
        binds,
        sharedDirectory,
        hidden,
        visible,
        stateDirectory,
        packages,
        serviceListener,
        kernel,
        hostsAtOnce,
        isolation);
  }

  /** With a folder that all hosts share. */
  public LabSettings withSharedDirectory(Path directory) {
    return new LabSettings(
        softwareLayers,
        readOnlyBinds,
        Optional.of(directory),
        hidden,
        visible,
        stateDirectory,
        packages,
        serviceListener,
        kernel,
        hostsAtOnce,
        isolation);
  }

  /** With other folders of the machine that no host sees into. */
  public LabSettings withHidden(List<Path> folders) {
    return new LabSettings(
        softwareLayers,
        readOnlyBinds,
        sharedDirectory,
        folders,
        visible,
        stateDirectory,
        packages,
        serviceListener,
        kernel,
        hostsAtOnce,
        isolation);
  }

  /** With other files and folders of the machine that every host sees where they are. */
  public LabSettings withVisible(List<Path> paths) {
    return new LabSettings(
        softwareLayers,
        readOnlyBinds,
        sharedDirectory,
        hidden,
        paths,
        stateDirectory,
        packages,
        serviceListener,
        kernel,
        hostsAtOnce,
        isolation);
  }

  /** With another door to the kernel. */
  public LabSettings withKernel(Kernel other) {
    return new LabSettings(
        softwareLayers,
        readOnlyBinds,
        sharedDirectory,
        hidden,
        visible,
        stateDirectory,
        packages,
        serviceListener,
        Optional.of(other),
        hostsAtOnce,
        isolation);
  }

  /** With packages from elsewhere. */
  public LabSettings withPackages(PackageSource source) {
    return new LabSettings(
        softwareLayers,
        readOnlyBinds,
        sharedDirectory,
        hidden,
        visible,
        stateDirectory,
        source,
        serviceListener,
        kernel,
        hostsAtOnce,
        isolation);
  }

  /** With somebody who is told what services do. */
  public LabSettings withServiceListener(ServiceListener listener) {
    return new LabSettings(
        softwareLayers,
        readOnlyBinds,
        sharedDirectory,
        hidden,
        visible,
        stateDirectory,
        packages,
        listener,
        kernel,
        hostsAtOnce,
        isolation);
  }

  /** With another number of hosts that are made or ended side by side. */
  public LabSettings withHostsAtOnce(int number) {
    return new LabSettings(
        softwareLayers,
        readOnlyBinds,
        sharedDirectory,
        hidden,
        visible,
        stateDirectory,
        packages,
        serviceListener,
        kernel,
        number,
        isolation);
  }

  /** With another means to make hosts private. */
  public LabSettings withIsolation(Isolation other) {
    return new LabSettings(
        softwareLayers,
        readOnlyBinds,
        sharedDirectory,
        hidden,
        visible,
        stateDirectory,
        packages,
        serviceListener,
        kernel,
        hostsAtOnce,
        other);
  }

  Site site() {
    return new Site(
        PLACES.stream()
            .filter(Files::isDirectory)
            .findFirst()
            .orElseGet(() -> stateDirectory.resolve("memory")),
        softwareLayers,
        readOnlyBinds,
        sharedDirectory,
        hidden,
        Stream.concat(CodePath.ofThisJvm().stream(), visible.stream()).toList());
  }
}
