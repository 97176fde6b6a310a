package dev.warren.lab.faults;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A kernel whose netlink refuses one request: the Nth that it is sent becomes one of a kind that
 * there is not, and its answer then gets the error that was asked for. All else is the real kernel.
 */
final class RefusingNetlink implements Kernel {
  private static final int AF_NETLINK = 16;

  /** From linux/netlink.h: struct nlmsghdr, and a kind of answer that begins with an error. */
  private static final int TYPE = 4;

  private static final int SEQUENCE = 8;
  private static final int HEADER = 16;
  private static final int NLMSG_ERROR = 2;

  /** The bits of the part of the kernel stay: of nftables (nfnetlink.h), too, nothing has it. */
  private static final int NO_KIND = 0xfe;

  private final Kernel real;
  private final int nth;
  private final Errno errno;
  private final Set<Long> sockets = ConcurrentHashMap.newKeySet();
  private int seen;

  /** Which request was spoiled: the socket's and its own number. */
  private record Spoiled(long socket, int sequence) {}

  private Optional<Spoiled> spoiled = Optional.empty();
  private boolean refused;

  /**
   * Refuses one request.
   *
   * @param nth from 1; 0 refuses none and only counts
   */
  RefusingNetlink(Kernel real, int nth, Errno errno) {
    this.real = real;
    this.nth = nth;
    this.errno = errno;
  }

  /** How many requests came by so far. */
  synchronized int seen() {
    return seen;
  }

  /** Whether the sender was told. */
  synchronized boolean hasRefused() {
    return refused;
  }

  @Override
  public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    if (call == SystemCall.SENDTO && sockets.contains(a)) {
      count(a, buffer(b, c));
    } else if (call == SystemCall.CLOSE) {
      sockets.remove(a);
    }
    long result = real.call(call, a, b, c, d, e, f);
    if (call == SystemCall.SOCKET && a == AF_NETLINK && result >= 0) {
      sockets.add(result);
    } else if (call == SystemCall.RECVFROM && result > 0 && sockets.contains(a)) {
      answer(a, buffer(b, result));
    }
    return result;
  }

  private static ByteBuffer buffer(long address, long length) {
    return MemorySegment.ofAddress(address)
        .reinterpret(length)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  /** Each is aligned to four bytes. */
  private static List<ByteBuffer> messages(ByteBuffer datagram) {
    List<ByteBuffer> messages = new ArrayList<>();
    int at = 0;
    while (datagram.limit() - at >= HEADER) {
      int length = datagram.getInt(at);
      messages.add(datagram.slice(at, length).order(datagram.order()));
      at += length + 3 & ~3;
    }
    return messages;
  }

  private synchronized void count(long socket, ByteBuffer requests) {
    for (ByteBuffer request : messages(requests)) {
      seen++;
      if (seen == nth) {
        int part = request.getShort(TYPE) & 0xff00;
        request.putShort(TYPE, (short) (part | NO_KIND));
        spoiled = Optional.of(new Spoiled(socket, request.getInt(SEQUENCE)));
      }
    }
  }

  private synchronized void answer(long socket, ByteBuffer answers) {
    if (spoiled.isEmpty()) {
      return;
    }
    for (ByteBuffer answer : messages(answers)) {
      Spoiled from = new Spoiled(socket, answer.getInt(SEQUENCE));
      if (spoiled.equals(Optional.of(from)) && answer.getShort(TYPE) == NLMSG_ERROR) {
        answer.putInt(HEADER, -errno.number());
        refused = true;
        spoiled = Optional.empty();
      }
    }
  }

  @Override
  public int spawn(
      MemorySegment path,
      MemorySegment fileActions,
      MemorySegment attributes,
      MemorySegment argv,
      MemorySegment envp) {
    return real.spawn(path, fileActions, attributes, argv, envp);
  }
}
