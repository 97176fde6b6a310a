package dev.warren.linux.netlink.message;

import dev.warren.linux.kernel.KernelException;
import java.nio.ByteBuffer;

/** Takes what the kernel answers. */
public interface Reader {
  /** Reads one datagram, which may hold several messages. */
  void read(ByteBuffer datagram) throws KernelException;

  /** Whether nothing more is to come. */
  boolean complete();
}
