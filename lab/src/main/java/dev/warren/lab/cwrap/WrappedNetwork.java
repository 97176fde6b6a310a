package dev.warren.lab.cwrap;

import dev.warren.lab.capture.CaptureNames;
import dev.warren.lab.capture.CaptureSource;
import dev.warren.lab.capture.PcapCapture;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.CwrapCheck;
import dev.warren.lab.description.Fault;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.process.HandleTree;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import dev.warren.lab.process.ProcessEnvironment;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The hosts of a lab that cwrap pretends, and what they have in common. */
public final class WrappedNetwork implements AutoCloseable {
  /** With a longer one socket_wrapper reads addresses wrongly, or aborts. */
  private static final int LONGEST_FOLDER = 99;

  private final LabDescription lab;
  private final Path folder;
  private final Warden warden;
  private final Map<String, WrappedMachine> hosts;
  private final boolean captures;

  private WrappedNetwork(
      LabDescription lab,
      Path folder,
      Warden warden,
      Map<String, WrappedMachine> hosts,
      boolean captures) {
    this.lab = lab;
    this.folder = folder;
    this.warden = warden;
    this.hosts = hosts;
    this.captures = captures;
  }

  /**
   * Refuses what cwrap cannot do, before anything is made.
   *
   * @throws CwrapException naming every part, and what has it
   */
  public static void check(LabDescription lab) throws IOException {
    List<String> parts =
        new ArrayList<>(CwrapCheck.faults(lab).stream().map(Fault::message).toList());
    for (HostDescription host : lab.everyone().toList()) {
      for (ServiceDescription service : host.services()) {
        refusal(service)
            .ifPresent(
                reason ->
                    parts.add(
                        "host %s: service %s: %s".formatted(host.name(), service.name(), reason)));
      }
    }
    if (!parts.isEmpty()) {
      throw CwrapException.ofParts(lab.name(), parts);
    }
  }

  /** A program that is not there is an error of its start. */
  private static Optional<String> refusal(ServiceDescription service) throws IOException {
    Map<String, String> environment = new HashMap<>(ProcessEnvironment.DEFAULT);
    environment.putAll(service.environment());
    Optional<Path> program =
        Programs.find(service.command().getFirst(), environment, service.directory());
    return program.isPresent() ? Programs.refusal(program.get()) : Optional.empty();
  }

  /**
   * Makes the hosts.
   *
   * @param folder a new one, absolute; it is removed when this is closed or this JVM ends
   */
  public static WrappedNetwork make(LabDescription lab, CwrapLibraries libraries, Path folder)
      throws IOException {
    Path sockets = folder.resolve("s");
    if (sockets.toString().length() > LONGEST_FOLDER || folder.toString().contains(" ")) {
      throw new CwrapException(
          "the folder of the lab's sockets, %s, is longer than %d bytes, or has blanks: give the lab a shorter name, or set XDG_RUNTIME_DIR"
              .formatted(sockets, LONGEST_FOLDER));
    }
    Warden warden = Warden.of(folder);
    try {
      Files.createDirectory(sockets);
      boolean captures = !lab.options().captures().isEmpty();
      Map<String, WrappedMachine> hosts = new LinkedHashMap<>();
      for (HostDescription host : lab.everyone().toList()) {
        HostFolder its = new HostFolder(folder.resolve("hosts").resolve(host.name()));
        its.make(lab, host, libraries, sockets, captures);
        int number = CwrapCheck.number(host).orElseThrow();
        hosts.put(host.name(), new WrappedMachine(host.name(), its, sockets, number, warden.pid()));
      }
      requireLibraries(hosts.values().iterator().next());
      return new WrappedNetwork(lab, folder, warden, hosts, captures);
    } catch (IOException | RuntimeException failure) {
      warden.close();
      throw failure;
    }
  }

  /** A library that is not loaded is only complained of, and the program runs on the machine. */
  private static void requireLibraries(WrappedMachine host) throws IOException {
    HostProcess probe = host.start(HostCommand.of("true").mergeErrors());
    String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!said.isBlank()) {
      throw new CwrapException(
          "cwrap's libraries cannot be loaded here: "
              + said.strip().replaceAll("\\s*\\R\\s*", "; "));
    }
  }

  /** By name, the root first. */
  public Map<String, WrappedMachine> hosts() {
    return hosts;
  }

  /**
   * Captures into pcapng.
   *
   * @param out closed with the capture, and when it cannot begin
   */
  public PcapCapture capture(CaptureTarget target, WritableByteChannel out, int snapLength)
      throws IOException {
    if (!captures) {
      out.close();
      throw new CwrapException(
          "under cwrap a lab captures from its start or never: write `capture: FILE` into the lab file");
    }
    CaptureSource source = CaptureNames.source(lab, target);
    return PcapCapture.start(files(target), source, out, snapLength, CaptureNames.of(lab));
  }

  private List<PcapCapture.HostFile> files(CaptureTarget target) {
    return switch (target) {
      case CaptureTarget.Link link ->
          List.of(new PcapCapture.HostFile(pcap(lab.host(link.host()).orElseThrow()), Set.of()));
      case CaptureTarget.Network _ ->
          lab.everyone()
              .map(host -> new PcapCapture.HostFile(pcap(host), Set.copyOf(lab.addresses(host))))
              .toList();
    };
  }

  private Path pcap(HostDescription host) {
    return folder.resolve("hosts").resolve(host.name()).resolve("pcap");
  }

  /** Ends everything in it, and removes its files. */
  @Override
  public void close() {
    HandleTree.of(() -> MarkedProcesses.find(folder.resolve("hosts") + "/")).kill();
    try {
      warden.close();
    } catch (IOException gone) {
      // It ends with its pipe, however that was closed.
    }
  }
}
