package dev.warren.lab;

import dev.warren.lab.cwrap.CwrapException;
import dev.warren.lab.cwrap.WrappedMachine;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.SignalName;
import dev.warren.lab.process.HandleTree;
import dev.warren.lab.process.HostProcessInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** A host that cwrap pretends. */
final class WrappedSide implements HostSide {
  private final WrappedMachine machine;
  private volatile boolean frozen;

  WrappedSide(WrappedMachine machine) {
    this.machine = machine;
  }

  @Override
  public WrappedMachine machine() {
    return machine;
  }

  @Override
  public Optional<Path> networkNamespace() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> wrapping() {
    return Optional.of(machine.folder().path());
  }

  @Override
  public List<Path> cgroups() {
    return List.of();
  }

  @Override
  public boolean hasOwnRoot() {
    return false;
  }

  @Override
  public ExecutorService executor() {
    throw new IllegalStateException(
        CwrapException.needsNamespaces("Java code inside host " + machine.name()).getMessage());
  }

  @Override
  public List<HostProcessInfo> processes() {
    return List.of();
  }

  @Override
  public Set<ProcessHandle> handles() {
    return machine.tree().members();
  }

  @Override
  public int freeze() throws IOException {
    return signal(SignalName.STOP, true);
  }

  @Override
  public int thaw() throws IOException {
    return signal(SignalName.CONT, false);
  }

  private int signal(SignalName signal, boolean frozenThen) {
    HandleTree tree = machine.tree();
    tree.send(signal);
    int count = tree.members().size();
    frozen = frozenThen && count > 0;
    return count;
  }

  @Override
  public boolean isFrozen() {
    return frozen;
  }

  @Override
  public List<HostInterface> interfaces(HostDescription description, boolean isRoot)
      throws IOException {
    throw CwrapException.needsNamespaces("what the kernel knows of interfaces");
  }

  @Override
  public void close() {}
}
