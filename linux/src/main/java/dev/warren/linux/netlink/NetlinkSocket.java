package dev.warren.linux.netlink;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A way to tell rtnetlink(7) what the network of one namespace shall be, and to ask what it is: of
 * the namespace in which it was opened, whichever thread uses it later. For any threads: they wait
 * for each other.
 */
public final class NetlinkSocket implements AutoCloseable {
  /** From linux/socket.h and linux/netlink.h. */
  private static final int AF_NETLINK = 16;

  private static final int SOCK_RAW = 3;
  private static final int NETLINK_ROUTE = 0;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;

  /** So many requests go in one send: well below the send buffer of 208 kB. */
  private static final int BATCH = 128;

  /** More than a request can take. */
  private static final int LONGEST_REQUEST = 512;

  private static final int ANSWERS = 64 * 1024;

  private final Kernel kernel;
  private final Descriptor socket;
  private int sequence;

  private NetlinkSocket(Kernel kernel, Descriptor socket) {
    this.kernel = kernel;
    this.socket = socket;
  }

  /** Opens a socket in the calling thread's network namespace. */
  public static NetlinkSocket open(Kernel kernel) throws KernelException {
    long fd =
        KernelException.check(
            kernel.call(
                SystemCall.SOCKET, AF_NETLINK, SOCK_RAW | Descriptor.O_CLOEXEC, NETLINK_ROUTE),
            "socket netlink");
    Descriptor socket = new Descriptor(kernel, (int) fd);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment on = arena.allocateFrom(ValueLayout.JAVA_INT, 1);
      for (int option : new int[] {NETLINK_CAP_ACK, NETLINK_EXT_ACK}) {
        KernelException.check(
            kernel.call(
                SystemCall.SETSOCKOPT, fd, SOL_NETLINK, option, on.address(), on.byteSize(), 0),
            "setsockopt of a netlink socket");
      }
      return new NetlinkSocket(kernel, socket);
    } catch (KernelException failure) {
      socket.close();
      throw failure;
    }
  }

  /**
   * Carries out requests in order, many in one send.
   *
   * @throws KernelException for the first that the kernel refused, with its own words where it gave
   *     some; those after it were tried all the same, and their failures are suppressed ones
   */
  public synchronized void execute(List<? extends Request> requests) throws KernelException {
    for (int from = 0; from < requests.size(); from += BATCH) {
      executeBatch(requests.subList(from, Math.min(from + BATCH, requests.size())));
    }
  }

  private void executeBatch(List<? extends Request> requests) throws KernelException {
    int first = sequence + 1;
    sequence += requests.size();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate((long) LONGEST_REQUEST * requests.size(), 8);
      ByteBuffer buffer = out.asByteBuffer().order(ByteOrder.nativeOrder());
      Encoder encoder = new Encoder(buffer);
      for (int i = 0; i < requests.size(); i++) {
        encoder.append(requests.get(i), first + i, i == requests.size() - 1);
      }
      KernelException.check(
          kernel.call(
              SystemCall.SENDTO, socket.number(), out.address(), buffer.position(), 0, 0, 0),
          "sendto netlink: " + requests.getFirst().describe());
      Answers answers = new Answers(requests, first);
      MemorySegment in = arena.allocate(ANSWERS, 8);
      while (!answers.complete()) {
        long length = receive(in);
        answers.read(in.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder()));
      }
      answers.throwIfRefused();
    }
  }

  /** All interfaces of the namespace, in the order of their indices. */
  public List<LinkState> links() throws KernelException {
    return all(Dump.Kind.LINKS);
  }

  /** All addresses of the namespace, IPv4 and IPv6. */
  public List<AddressState> addresses() throws KernelException {
    return all(Dump.Kind.ADDRESSES);
  }

  /** All routes of the namespace's main table, IPv4 and IPv6. */
  public List<RouteState> routes() throws KernelException {
    return all(Dump.Kind.ROUTES);
  }

  private synchronized <T> List<T> all(Dump.Kind<T> kind) throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocate(ANSWERS, 8);
      while (true) {
        Dump<T> dump = new Dump<>(kind, ++sequence);
        MemorySegment out = arena.allocate(LONGEST_REQUEST, 8);
        ByteBuffer buffer = out.asByteBuffer().order(ByteOrder.nativeOrder());
        dump.ask(buffer);
        KernelException.check(
            kernel.call(
                SystemCall.SENDTO, socket.number(), out.address(), buffer.position(), 0, 0, 0),
            "sendto netlink: list " + kind.words());
        while (!dump.complete()) {
          long length = receive(in);
          dump.read(in.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder()));
        }
        if (!dump.interrupted()) {
          return dump.found();
        }
      }
    }
  }

  private long receive(MemorySegment buffer) throws KernelException {
    while (true) {
      long result =
          kernel.call(
              SystemCall.RECVFROM, socket.number(), buffer.address(), buffer.byteSize(), 0, 0, 0);
      if (result != -Errno.EINTR.number()) {
        return KernelException.check(result, "recvfrom netlink");
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
