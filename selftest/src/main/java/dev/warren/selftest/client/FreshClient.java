package dev.warren.selftest.client;

import dev.warren.lab.Host;
import dev.warren.lab.description.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes the client as it was before a suite ran in it: what the suite left running is killed, its
 * files in /tmp, /run and all other directories that are the client's alone are removed, changed
 * ones put back, and so are the addresses. Looking for that takes a fraction of the time of a new
 * host with six cables.
 */
public final class FreshClient implements AutoCloseable {
  /** What every host has for itself, as docs/lab-file.md tells. */
  private static final List<String> PRIVATE =
      List.of("/tmp", "/var/tmp", "/dev/shm", "/run", "/root");

  /** Where Warren shows what all hosts of the lab share. */
  private static final Set<Path> SHARED = Set.of(Path.of("/run/warren"));

  private final Host client;
  private final ClientProcesses processes;
  private final ClientFiles files;
  private final ClientAddresses addresses;

  private FreshClient(
      Host client, ClientProcesses processes, ClientFiles files, ClientAddresses addresses) {
    this.client = client;
    this.processes = processes;
    this.files = files;
    this.addresses = addresses;
  }

  /** Looks at what the client is like now. */
  public static FreshClient of(Host client) throws IOException, InterruptedException {
    List<Path> roots =
        Stream.concat(
                PRIVATE.stream().map(Path::of),
                client.description().fileSystem().privateDirectories().stream()
                    .map(PrivateDirectory::path))
            .toList();
    ClientProcesses processes = ClientProcesses.now(client);
    ClientFiles files = HostTasks.call(client, () -> ClientFiles.now(roots, SHARED));
    return new FreshClient(client, processes, files, ClientAddresses.now(client));
  }

  /**
   * Makes it so again.
   *
   * @throws IOException when that cannot be done; the client is good for nothing then
   */
  public void restore() throws IOException, InterruptedException {
    if (!HostTasks.call(client, this::restoreIfQuiet)) {
      processes.killOthers();
      boolean _ = HostTasks.call(client, this::restoreFiles);
    }
  }

  private boolean restoreIfQuiet() throws IOException {
    return processes.areUsual() && restoreFiles();
  }

  private boolean restoreFiles() throws IOException {
    files.restore();
    addresses.restore();
    return true;
  }

  @Override
  public void close() {
    addresses.close();
  }
}
