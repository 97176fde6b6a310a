package dev.warren.linux.packet;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Receives and sends whole frames of one interface (packet(7)). It belongs to the network namespace
 * in which it was opened, whichever thread uses it later.
 *
 * <p>One thread may receive while another sends. Nothing is allocated per frame. The interface need
 * not be up, and may go down and up again meanwhile.
 */
public final class PacketSocket implements AutoCloseable {
  /** What {@link #receive} returns when no frame is waiting. */
  public static final int NOTHING = -1;

  /** From linux/socket.h, asm-generic/socket.h, linux/net.h and linux/if_ether.h. */
  private static final int AF_PACKET = 17;

  private static final int SOCK_RAW = 3;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVBUF = 8;
  private static final int SO_RCVBUFFORCE = 33;

  /** From linux/sockios.h. */
  private static final int SIOCGSTAMPNS = 0x8907;

  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT = 0x40;
  private static final short ETH_P_ALL = 3;

  /** From linux/if_packet.h. */
  private static final int SOL_PACKET = 263;

  private static final int PACKET_ADD_MEMBERSHIP = 1;
  private static final int PACKET_STATISTICS = 6;
  private static final int PACKET_VNET_HDR = 15;
  private static final int PACKET_IGNORE_OUTGOING = 23;
  private static final int PACKET_MR_PROMISC = 1;
  private static final byte PACKET_OUTGOING = 4;

  /** struct sockaddr_ll of linux/if_packet.h. */
  private static final int ADDRESS_SIZE = 20;

  private static final int ADDRESS_PROTOCOL = 2;
  private static final int ADDRESS_INDEX = 4;
  private static final int ADDRESS_PACKET_TYPE = 10;

  /** struct packet_mreq of linux/if_packet.h. */
  private static final int MEMBERSHIP_SIZE = 16;

  private static final int MEMBERSHIP_TYPE = 4;

  /** struct pollfd and struct timespec, from asm-generic/poll.h and linux/time_types.h. */
  private static final int POLLFD_SIZE = 8;

  private static final int POLLFD_EVENTS = 4;
  private static final short POLLIN = 1;
  private static final int TIMESPEC_SIZE = 16;
  private static final int TIMESPEC_NANOS = 8;
  private static final int SIGSET_SIZE = 8;
  private static final long NANOS = 1_000_000_000;

  /** Until there is memory again. */
  private static final Duration PAUSE = Duration.ofMillis(1);

  private static final int MOST_TRIES = 1000;

  private final Kernel kernel;
  private final Descriptor socket;
  private final Descriptor wakeUp;
  private final boolean promiscuous;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final Arena arena = Arena.ofShared();
  private final MemorySegment sender = arena.allocate(ADDRESS_SIZE, 8);
  private final MemorySegment senderLength = arena.allocate(ValueLayout.JAVA_INT);
  private final MemorySegment polls = arena.allocate(2 * POLLFD_SIZE, 8);
  private final MemorySegment stamp = arena.allocate(TIMESPEC_SIZE, 8);
  private final MemorySegment limit = arena.allocate(TIMESPEC_SIZE, 8);
  private long overruns;

  private PacketSocket(Kernel kernel, Descriptor socket, Descriptor wakeUp, boolean promiscuous) {
    this.kernel = kernel;
    this.promiscuous = promiscuous;
    this.socket = socket;
    this.wakeUp = wakeUp;
    poll(0, socket);
    poll(1, wakeUp);
  }

  private void poll(int place, Descriptor descriptor) {
    polls.set(ValueLayout.JAVA_INT, (long) place * POLLFD_SIZE, descriptor.number());
    polls.set(ValueLayout.JAVA_SHORT, (long) place * POLLFD_SIZE + POLLFD_EVENTS, POLLIN);
  }

  /**
   * Opens a socket in the calling thread's network namespace.
   *
   * @param index the interface's index there
   */
  public static PacketSocket open(Kernel kernel, int index, PacketOptions options)
      throws KernelException {
    Descriptor wakeUp =
        descriptor(kernel, kernel.call(SystemCall.EVENTFD2, 0, Descriptor.O_CLOEXEC, 0), "eventfd");
    try {
      // Protocol 0 receives nothing: until it is bound it would see every interface.
      Descriptor socket =
          descriptor(
              kernel,
              kernel.call(SystemCall.SOCKET, AF_PACKET, SOCK_RAW | Descriptor.O_CLOEXEC, 0),
              "socket for packets");
      try {
        PacketSocket packets = new PacketSocket(kernel, socket, wakeUp, options.promiscuous());
        packets.configure(options);
        packets.attach(index);
        return packets;
      } catch (KernelException failure) {
        socket.close();
        throw failure;
      }
    } catch (KernelException failure) {
      wakeUp.close();
      throw failure;
    }
  }

  private static Descriptor descriptor(Kernel kernel, long result, String action)
      throws KernelException {
    return new Descriptor(kernel, (int) KernelException.check(result, action));
  }

  private void configure(PacketOptions options) throws KernelException {
    try (Arena once = Arena.ofConfined()) {
      MemorySegment on = once.allocateFrom(ValueLayout.JAVA_INT, 1);
      if (options.offloads()) {
        check(set(SOL_PACKET, PACKET_VNET_HDR, on), "setsockopt PACKET_VNET_HDR");
      }
      if (options.incomingOnly()) {
        check(set(SOL_PACKET, PACKET_IGNORE_OUTGOING, on), "setsockopt PACKET_IGNORE_OUTGOING");
      }
      if (options.receiveBuffer() > 0) {
        MemorySegment size = once.allocateFrom(ValueLayout.JAVA_INT, options.receiveBuffer());
        // Beyond the machine's limit it takes the machine's root: then as much as the limit.
        if (set(SOL_SOCKET, SO_RCVBUFFORCE, size) < 0) {
          check(set(SOL_SOCKET, SO_RCVBUF, size), "setsockopt SO_RCVBUF");
        }
      }
    }
  }

  /**
   * Goes on with another interface of the same namespace: what it received before can still be
   * taken. A socket whose interface is gone receives nothing, also when another one has its index,
   * until it is attached to that. Any thread may call it while the socket is open.
   *
   * @param index the interface's index
   */
  public void attach(int index) throws KernelException {
    try (Arena once = Arena.ofConfined()) {
      MemorySegment address = once.allocate(ADDRESS_SIZE, 8);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
      address.set(
          ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), ADDRESS_PROTOCOL, ETH_P_ALL);
      address.set(ValueLayout.JAVA_INT, ADDRESS_INDEX, index);
      check(
          kernel.call(SystemCall.BIND, socket.number(), address.address(), ADDRESS_SIZE),
          "bind to interface " + index);
      if (promiscuous) {
        MemorySegment membership = once.allocate(MEMBERSHIP_SIZE, 8);
        membership.set(ValueLayout.JAVA_INT, 0, index);
        membership.set(ValueLayout.JAVA_SHORT, MEMBERSHIP_TYPE, (short) PACKET_MR_PROMISC);
        check(
            set(SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership),
            "setsockopt PACKET_ADD_MEMBERSHIP of interface " + index);
      }
    }
  }

  private long set(int level, int option, MemorySegment value) {
    return kernel.call(
        SystemCall.SETSOCKOPT,
        socket.number(),
        level,
        option,
        value.address(),
        value.byteSize(),
        0);
  }

  private static void check(long result, String action) throws KernelException {
    KernelException.check(result, action);
  }

  /**
   * Takes a frame that is waiting, and does not wait for one.
   *
   * @param buffer where it is put, behind its {@link VnetHeader} if the socket has offloads
   * @return its length, the header included, or {@link #NOTHING}; more than the buffer has when the
   *     rest was cut off
   */
  public int receive(MemorySegment buffer) throws KernelException {
    while (true) {
      senderLength.set(ValueLayout.JAVA_INT, 0, ADDRESS_SIZE);
      long result =
          kernel.call(
              SystemCall.RECVFROM,
              socket.number(),
              buffer.address(),
              buffer.byteSize(),
              MSG_DONTWAIT | MSG_TRUNC,
              sender.address(),
              senderLength.address());
      if (result >= 0) {
        return (int) result;
      }
      if (result == -Errno.EAGAIN.number()) {
        return NOTHING;
      }
      if (isLackOfMemory(result)) {
        LockSupport.parkNanos(PAUSE.toNanos());
        return NOTHING;
      }
      // Said once when the interface goes down; or it was a frame that no header can describe.
      boolean passing =
          result == -Errno.ENETDOWN.number()
              || result == -Errno.EINVAL.number()
              || result == -Errno.EINTR.number();
      if (!passing) {
        throw KernelException.of("recvfrom a packet socket", (int) -result);
      }
    }
  }

  /** Whether the frame received last was sent by this machine rather than to it. */
  public boolean lastWasOutgoing() {
    return sender.get(ValueLayout.JAVA_BYTE, ADDRESS_PACKET_TYPE) == PACKET_OUTGOING;
  }

  /**
   * When the kernel saw the frame received last: nanoseconds since 1970. The kernel notes the times
   * of frames from the first call on.
   */
  public long lastTime() {
    long result = kernel.call(SystemCall.IOCTL, socket.number(), SIOCGSTAMPNS, stamp.address());
    if (result < 0) {
      Instant now = Instant.now();
      return now.getEpochSecond() * NANOS + now.getNano();
    }
    return stamp.get(ValueLayout.JAVA_LONG, 0) * NANOS
        + stamp.get(ValueLayout.JAVA_LONG, TIMESPEC_NANOS);
  }

  /**
   * Waits until a frame can be received, the time has passed, or somebody calls {@link #wake}.
   *
   * @param nanos at most so long; less than 0: without a limit
   * @return false once the socket was woken, then and for ever
   */
  public boolean await(long nanos) throws KernelException {
    long time = 0;
    if (nanos >= 0) {
      limit.set(ValueLayout.JAVA_LONG, 0, nanos / NANOS);
      limit.set(ValueLayout.JAVA_LONG, TIMESPEC_NANOS, nanos % NANOS);
      time = limit.address();
    }
    long result = kernel.call(SystemCall.PPOLL, polls.address(), 2, time, 0, SIGSET_SIZE, 0);
    if (isLackOfMemory(result)) {
      LockSupport.parkNanos(PAUSE.toNanos());
    } else if (result != -Errno.EINTR.number()) {
      check(result, "ppoll of a packet socket");
    }
    return polls.get(ValueLayout.JAVA_SHORT, POLLFD_SIZE + POLLFD_EVENTS + 2L) == 0;
  }

  /** Ends the waiting, now and in the future; any thread may call it while the socket is open. */
  public void wake() {
    try (Arena once = Arena.ofConfined()) {
      MemorySegment one = once.allocateFrom(ValueLayout.JAVA_LONG, 1);
      long result;
      int tries = 0;
      do {
        // Somebody would wait for ever.
        result = kernel.call(SystemCall.WRITE, wakeUp.number(), one.address(), one.byteSize());
      } while (result < 0 && ++tries < MOST_TRIES);
    }
  }

  private static boolean isLackOfMemory(long result) {
    return result == -Errno.ENOMEM.number() || result == -Errno.ENOBUFS.number();
  }

  /**
   * Sends a frame, and does not wait for room.
   *
   * @param frame all of it, behind its {@link VnetHeader} if the socket has offloads
   * @return false when it was lost: the interface is down or gone, it is longer than the interface
   *     allows, there is no room or no memory, or a packet filter does not want it
   */
  public boolean send(MemorySegment frame) throws KernelException {
    long result =
        kernel.call(
            SystemCall.SENDTO,
            socket.number(),
            frame.address(),
            frame.byteSize(),
            MSG_DONTWAIT,
            0,
            0);
    if (result >= 0) {
      return true;
    }
    return switch (Errno.of((int) -result).orElse(Errno.EIO)) {
      case ENETDOWN, ENXIO, ENODEV, ENOBUFS, ENOMEM, EPERM, EAGAIN, EINTR, EMSGSIZE, EINVAL ->
          false;
      default -> throw KernelException.of("sendto a packet socket", (int) -result);
    };
  }

  /**
   * How many frames the kernel dropped so far because they were not received in time. One thread at
   * a time.
   */
  public long overruns() throws KernelException {
    try (Arena once = Arena.ofConfined()) {
      // struct tpacket_stats: packets, drops; reading sets both to zero.
      MemorySegment statistics = once.allocate(ValueLayout.JAVA_INT, 2);
      MemorySegment size = once.allocateFrom(ValueLayout.JAVA_INT, (int) statistics.byteSize());
      check(
          kernel.call(
              SystemCall.GETSOCKOPT,
              socket.number(),
              SOL_PACKET,
              PACKET_STATISTICS,
              statistics.address(),
              size.address(),
              0),
          "getsockopt PACKET_STATISTICS");
      overruns += Integer.toUnsignedLong(statistics.getAtIndex(ValueLayout.JAVA_INT, 1));
      return overruns;
    }
  }

  /** Closes it; no thread may be using it any more. A second time does nothing. */
  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      socket.close();
      wakeUp.close();
      arena.close();
    }
  }
}
