package dev.warren.lab.plan;

import dev.warren.lab.dns.DnsService;
import dev.warren.lab.host.HostThread;
import dev.warren.lab.host.Machine;
import dev.warren.lab.software.PackageSource;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.mount.Mounts;
import dev.warren.linux.mount.OverlayOptions;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out a plan, and leaves nothing behind when a step fails. */
public final class Executor {
  private final Kernel kernel;
  private final DnsService dns;
  private final PackageSource packages;
  private final Map<String, HostBuilder> hosts = new LinkedHashMap<>();

  private Executor(Kernel kernel, DnsService dns, PackageSource packages) {
    this.kernel = kernel;
    this.dns = dns;
    this.packages = packages;
  }

  /**
   * Makes the hosts of a plan.
   *
   * @return the hosts by name, in the order of the plan
   * @throws IOException naming the step that failed; what was made before is gone
   */
  public static Map<String, Machine> run(
      List<Operation> plan, Kernel kernel, DnsService dns, PackageSource packages)
      throws IOException {
    Executor executor = new Executor(kernel, dns, packages);
    List<Operation> rest = new ArrayList<>(plan);
    if (!(rest.removeFirst() instanceof Operation.MakeBase base)) {
      throw new IllegalArgumentException("a plan begins with the mount namespace of the lab");
    }
    try (Descriptor namespace = executor.makeBase(base)) {
      for (Operation operation : rest) {
        executor.carryOut(operation, base.store(), namespace);
      }
      return executor.finish();
    } finally {
      executor.undoUnlessFinished();
      // The hosts hold what is mounted there; the place itself nobody needs any more.
      Files.deleteIfExists(base.store());
    }
  }

  private Descriptor makeBase(Operation.MakeBase operation) throws IOException {
    Path store = operation.store();
    Descriptor[] namespace = new Descriptor[1];
    try (HostThread thread = HostThread.outside("warren-base")) {
      thread.run(
          () -> {
            Namespaces namespaces = new Namespaces(kernel);
            Mounts mounts = new Mounts(kernel);
            namespaces.unshare(EnumSet.of(NamespaceKind.MOUNT));
            mounts.makePrivate();
            Files.createDirectories(store);
            // The machine's files are to be read: what a host writes is its own, or an error.
            mounts.makeReadOnly(Path.of("/"));
            mounts.tmpfs(store, "mode=0755");
            Path shared = Files.createDirectory(store.resolve("shared"));
            Files.setAttribute(shared, "unix:mode", 0755);
            if (!operation.layers().isEmpty()) {
              List<Path> lower = new ArrayList<>(operation.layers());
              lower.add(Path.of("/usr"));
              mounts.overlay(Path.of("/usr"), new OverlayOptions(lower, Optional.empty(), false));
            }
            namespace[0] = namespaces.own(NamespaceKind.MOUNT);
          });
      return namespace[0];
    } catch (IOException failure) {
      throw explained(operation, failure);
    }
  }

  private void carryOut(Operation operation, Path store, Descriptor base) throws IOException {
    try {
      switch (operation) {
        case Operation.MakeBase _ ->
            throw new IllegalArgumentException("a lab has one mount namespace of its own");
        case HostOperation.MakeHost make -> {
          Path own = store.resolve("hosts").resolve(make.host());
          hosts.put(make.host(), HostBuilder.make(kernel, make.host(), own, base, packages));
        }
        case HostOperation.StartInit start -> host(start.host()).startInit();
        case HostOperation.ServeDns serve -> host(serve.host()).serveDns(serve.address(), dns);
        case FileOperation files -> host(files.host()).carryOut(files);
        case NetworkOperation.LoopbackUp up -> host(up.host()).loopbackUp();
        case NetworkOperation.CreateNetwork create -> host(create.host()).createNetwork(create);
        case NetworkOperation.Connect connect ->
            host(connect.host()).connect(connect, host(connect.root()));
      }
    } catch (IOException failure) {
      throw explained(operation, failure);
    }
  }

  private static IOException explained(Operation operation, IOException failure) {
    return new IOException(operation.describe() + ": " + failure.getMessage(), failure);
  }

  private HostBuilder host(String name) {
    HostBuilder host = hosts.get(name);
    if (host == null) {
      throw new IllegalArgumentException("the plan does not make host " + name + " first");
    }
    return host;
  }

  private Map<String, Machine> finish() {
    Map<String, Machine> machines = new LinkedHashMap<>();
    hosts.forEach((name, host) -> machines.put(name, host.finish()));
    hosts.clear();
    return machines;
  }

  private void undoUnlessFinished() {
    new ArrayList<>(hosts.values()).reversed().forEach(HostBuilder::undo);
    hosts.clear();
  }
}
