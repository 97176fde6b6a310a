package dev.warren.lab;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.host.Machine;
import dev.warren.lab.process.HostProcessInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** What a running host has from that which makes it private, beyond a {@link Machine}. */
interface HostSide extends AutoCloseable {
  Machine machine();

  Optional<Path> networkNamespace();

  Optional<Path> wrapping();

  List<Path> cgroups();

  boolean hasOwnRoot();

  ExecutorService executor();

  List<HostProcessInfo> processes();

  Set<ProcessHandle> handles();

  int freeze() throws IOException;

  int thaw() throws IOException;

  boolean isFrozen();

  List<HostInterface> interfaces(HostDescription description, boolean isRoot) throws IOException;

  /** Ends the code that still runs inside. */
  @Override
  void close();
}
