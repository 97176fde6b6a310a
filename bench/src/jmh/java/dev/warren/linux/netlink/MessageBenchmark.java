package dev.warren.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The bytes of the longest message of a host: that which makes its cable. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MessageBenchmark {
  private static final int ROOM = 4096;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(ROOM).order(ByteOrder.nativeOrder());
  private final CreateCable request =
      new CreateCable("cable17", 17, 2, new CreateCable.Peer("eth0", 2, 5));

  /** Of one message. */
  @Benchmark
  public ByteBuffer buildMessage() {
    buffer.clear();
    new Encoder(buffer).append(request, 1, true);
    return buffer;
  }
}
