package dev.warren.lab;

import dev.warren.lab.cgroup.Cgroup;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.host.HostExecutor;
import dev.warren.lab.host.NamespaceMachine;
import dev.warren.lab.process.Freezer;
import dev.warren.lab.process.HostProcessInfo;
import dev.warren.lab.process.ProcessTable;
import dev.warren.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/** A host in namespaces. */
final class NamespaceSide implements HostSide {
  private volatile NamespaceMachine machine;
  private volatile Freezer freezer;
  private volatile HostExecutor executor;

  NamespaceSide(NamespaceMachine machine) {
    this.machine = machine;
    this.executor = new HostExecutor(machine);
    this.freezer = new Freezer(machine.kernel(), machine.init().pid());
  }

  /** It was made anew, or rebooted. */
  void runsOn(NamespaceMachine fresh) {
    if (!fresh.namespaces().equals(machine.namespaces())) {
      executor.close();
      executor = new HostExecutor(fresh);
    }
    machine = fresh;
    freezer = new Freezer(fresh.kernel(), fresh.init().pid());
  }

  @Override
  public NamespaceMachine machine() {
    return machine;
  }

  @Override
  public Optional<Path> networkNamespace() {
    return Optional.of(
        Path.of(
            "/proc/%d/fd/%d"
                .formatted(ProcessHandle.current().pid(), machine.namespaces().network())));
  }

  @Override
  public Optional<Path> wrapping() {
    return Optional.empty();
  }

  @Override
  public List<Path> cgroups() {
    return machine.cgroup().map(Cgroup::folders).orElse(List.of());
  }

  @Override
  public boolean hasOwnRoot() {
    return machine.namespaces().ids().isShifted();
  }

  @Override
  public ExecutorService executor() {
    return executor;
  }

  @Override
  public List<HostProcessInfo> processes() {
    return ProcessTable.read().of(machine.pid());
  }

  @Override
  public Set<ProcessHandle> handles() {
    return processes().stream()
        .flatMap(process -> ProcessHandle.of(process.pid()).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public int freeze() throws IOException {
    try {
      return freezer.freeze();
    } catch (KernelException failure) {
      throw failure.during("freeze host " + machine.name());
    }
  }

  @Override
  public int thaw() throws IOException {
    try {
      return freezer.thaw();
    } catch (KernelException failure) {
      throw failure.during("thaw host " + machine.name());
    }
  }

  @Override
  public boolean isFrozen() {
    return freezer.isFrozen();
  }

  @Override
  public List<HostInterface> interfaces(HostDescription description, boolean isRoot)
      throws IOException {
    return HostInterface.of(machine, description, isRoot);
  }

  @Override
  public void close() {
    executor.close();
  }
}
