package dev.warren.linux.netlink.message;

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
import java.util.function.Consumer;

/**
 * A netlink(7) socket: it speaks to one part of the kernel about the network namespace in which it
 * was opened, whichever thread uses it later. One thread at a time.
 */
public final class Channel implements AutoCloseable {
  /** Parts of the kernel, from linux/netlink.h. */
  public static final int NETLINK_ROUTE = 0;

  public static final int NETLINK_NETFILTER = 12;

  /** From linux/socket.h and linux/netlink.h. */
  private static final int AF_NETLINK = 16;

  private static final int SOCK_RAW = 3;
  private static final int SOL_NETLINK = 270;
  private static final int NETLINK_CAP_ACK = 10;
  private static final int NETLINK_EXT_ACK = 11;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int ANSWERS = 64 * 1024;
  private static final int MOST_UNREAD = 10_000;

  private final Kernel kernel;
  private final Descriptor socket;

  /** Whether somebody gave up in the middle of the answers. */
  private boolean unread;

  private Channel(Kernel kernel, Descriptor socket) {
    this.kernel = kernel;
    this.socket = socket;
  }

  /**
   * Opens a socket in the calling thread's network namespace.
   *
   * @param part of the kernel
   */
  public static Channel open(Kernel kernel, int part) throws KernelException {
    long fd =
        KernelException.check(
            kernel.call(SystemCall.SOCKET, AF_NETLINK, SOCK_RAW | Descriptor.O_CLOEXEC, part),
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
      return new Channel(kernel, socket);
    } catch (KernelException failure) {
      socket.close();
      throw failure;
    }
  }

  /**
   * Sends messages and reads the answers until they are complete.
   *
   * @param room how many bytes the messages take at most
   * @param writer writes them
   * @param action what they are to do, in words, for errors
   */
  public void exchange(int room, Consumer<ByteBuffer> writer, String action, Reader reader)
      throws KernelException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(room, 8);
      ByteBuffer buffer = out.asByteBuffer().order(ByteOrder.nativeOrder());
      writer.accept(buffer);
      MemorySegment in = arena.allocate(ANSWERS, 8);
      if (unread) {
        // As long as a list was not read to its end the kernel begins no other (EBUSY).
        drain(in);
      }
      KernelException.check(
          kernel.call(
              SystemCall.SENDTO, socket.number(), out.address(), buffer.position(), 0, 0, 0),
          "sendto netlink: " + action);
      unread = true;
      while (!reader.complete()) {
        long length = KernelException.check(receive(in, 0), "recvfrom netlink: " + action);
        reader.read(in.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder()));
      }
      unread = false;
    }
  }

  /** Reads what is there; only the lack of more ends it, but not for ever. */
  private void drain(MemorySegment buffer) {
    for (int i = 0; i < MOST_UNREAD; i++) {
      if (receive(buffer, MSG_DONTWAIT) == -Errno.EAGAIN.number()) {
        unread = false;
        return;
      }
    }
  }

  private long receive(MemorySegment buffer, int flags) {
    while (true) {
      long result =
          kernel.call(
              SystemCall.RECVFROM,
              socket.number(),
              buffer.address(),
              buffer.byteSize(),
              flags,
              0,
              0);
      if (result != -Errno.EINTR.number()) {
        return result;
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
