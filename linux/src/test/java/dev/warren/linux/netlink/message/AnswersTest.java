package dev.warren.linux.netlink.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.linux.kernel.KernelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void arbitraryBytesNeitherHangNorOverrunTheReader() {
    Random random = new Random(7);
    for (int round = 0; round < 50_000; round++) {
      byte[] bytes = new byte[random.nextInt(120)];
      random.nextBytes(bytes);
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
      if (bytes.length >= 16) {
        buffer.putInt(Message.LENGTH, 16 + random.nextInt(110)).putShort(4, (short) 2);
        buffer.putInt(Message.SEQUENCE, 1);
      }
      Answers answers = new Answers(1, _ -> "request", 1);
      try {
        answers.read(buffer);
      } catch (KernelException refused) {
        assertThat(refused).hasMessageContaining("the kernel sent ");
      }
    }
  }
}
