package dev.warren.lab.wire;

import dev.warren.lab.host.HostThread;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import dev.warren.linux.netlink.NetlinkSocket;
import dev.warren.linux.packet.PacketOptions;
import dev.warren.linux.packet.PacketSocket;
import java.io.IOException;
import java.util.EnumSet;

/** The network namespace in which the wires of a lab have their ends, and a thread inside it. */
final class WireNamespace implements AutoCloseable {
  /** As much as a burst at full speed; the machine's limit may be lower. */
  private static final int RECEIVE_BUFFER = 4 * 1024 * 1024;

  private final Kernel kernel;
  private final HostThread thread;
  private final Descriptor file;
  private final NetlinkSocket netlink;

  private WireNamespace(Kernel kernel, HostThread thread, Descriptor file, NetlinkSocket netlink) {
    this.kernel = kernel;
    this.thread = thread;
    this.file = file;
    this.netlink = netlink;
  }

  static WireNamespace make(Kernel kernel) throws IOException {
    HostThread thread = HostThread.outside("warren-wires");
    WireNamespace[] made = new WireNamespace[1];
    try {
      thread.run(
          () -> {
            Namespaces namespaces = new Namespaces(kernel);
            namespaces.unshare(EnumSet.of(NamespaceKind.NET));
            Descriptor file = namespaces.own(NamespaceKind.NET);
            try {
              made[0] = new WireNamespace(kernel, thread, file, NetlinkSocket.open(kernel));
            } catch (KernelException failure) {
              file.close();
              throw failure;
            }
          });
      return made[0];
    } catch (IOException failure) {
      thread.close();
      throw failure;
    }
  }

  /** A descriptor of it. */
  int file() {
    return file.number();
  }

  NetlinkSocket netlink() {
    return netlink;
  }

  /** A socket for all that comes in on one of its interfaces. */
  PacketSocket socket(int index) throws IOException {
    PacketSocket[] socket = new PacketSocket[1];
    thread.run(
        () ->
            socket[0] = PacketSocket.open(kernel, index, PacketOptions.forwarding(RECEIVE_BUFFER)));
    return socket[0];
  }

  @Override
  public void close() {
    netlink.close();
    thread.close();
    file.close();
  }
}
