package dev.warren.lab.wire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Packets that wait for their time, first in first out, in memory outside the heap that grows when
 * needed. Each lies in one piece, so that it is sent from where it is. For one thread.
 */
final class PacketRing implements AutoCloseable {
  /** Before each packet: its length, and when it is due. */
  private static final int HEADER = 16;

  private static final int DUE = 8;
  private static final long FIRST_SIZE = 256 * 1024;

  private final long most;
  private Arena arena = Arena.ofConfined();
  private MemorySegment memory = arena.allocate(FIRST_SIZE, 8);

  /** Where the oldest packet begins, and where the next one will. */
  private long start;

  private long end;

  /** Whether packets lie from start to {@code brim} and go on at 0. */
  private boolean wrapped;

  private long brim;
  private long count;

  /**
   * A ring.
   *
   * @param most how many bytes it may take at most
   */
  PacketRing(long most) {
    this.most = most;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Adds a copy of a packet; false when there is no room for it. */
  boolean add(MemorySegment packet, long due) {
    long size = align(HEADER + packet.byteSize());
    while (!makeRoom(size)) {
      if (memory.byteSize() * 2 > most) {
        return false;
      }
      grow();
    }
    memory.set(ValueLayout.JAVA_INT, end, (int) packet.byteSize());
    memory.set(ValueLayout.JAVA_LONG, end + DUE, due);
    MemorySegment.copy(packet, 0, memory, end + HEADER, packet.byteSize());
    end += size;
    count++;
    return true;
  }

  private boolean makeRoom(long size) {
    if (!wrapped && memory.byteSize() - end < size && start >= size) {
      brim = end;
      end = 0;
      wrapped = true;
    }
    return (wrapped ? start : memory.byteSize()) - end >= size;
  }

  @SuppressWarnings("MustBeClosedChecker") // the ring owns it from now on
  private void grow() {
    Arena larger = Arena.ofConfined();
    MemorySegment target = larger.allocate(memory.byteSize() * 2, 8);
    long first = (wrapped ? brim : end) - start;
    MemorySegment.copy(memory, start, target, 0, first);
    if (wrapped) {
      MemorySegment.copy(memory, 0, target, first, end);
    }
    end = wrapped ? first + end : first;
    start = 0;
    wrapped = false;
    arena.close();
    arena = larger;
    memory = target;
  }

  /** When the oldest is due; there must be one. */
  long due() {
    return memory.get(ValueLayout.JAVA_LONG, start + DUE);
  }

  /** The oldest packet, until it is removed; there must be one. */
  MemorySegment first() {
    return memory.asSlice(start + HEADER, memory.get(ValueLayout.JAVA_INT, start));
  }

  /** Removes the oldest; there must be one. */
  void remove() {
    start += align(HEADER + memory.get(ValueLayout.JAVA_INT, start));
    count--;
    if (count == 0) {
      start = 0;
      end = 0;
      wrapped = false;
    } else if (wrapped && start == brim) {
      start = 0;
      wrapped = false;
    }
  }

  private static long align(long size) {
    return (size + 7) & ~7L;
  }

  @Override
  public void close() {
    arena.close();
  }
}
