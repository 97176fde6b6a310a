package dev.warren.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DescriptorStreamsTest {
  private final Kernel kernel = Kernel.real();

  @Test
  void carryBytesThroughAPipeUnchanged() throws Exception {
    byte[] sent = new byte[300_000];
    new Random(1).nextBytes(sent);
    Pipe pipe = Pipe.open(kernel);

    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () -> {
              try (var out = new DescriptorOutputStream(kernel, pipe.writer())) {
                out.write(sent);
              } catch (java.io.IOException failure) {
                throw new java.io.UncheckedIOException(failure);
              }
            });
    byte[] received;
    try (var in = new DescriptorInputStream(kernel, pipe.reader())) {
      received = in.readAllBytes();
    }

    writing.join();
    assertThat(received).isEqualTo(sent);
  }

  @Test
  void endWhenTheOtherEndIsClosed() throws Exception {
    Pipe pipe = Pipe.open(kernel);
    pipe.writer().close();

    try (var in = new DescriptorInputStream(kernel, pipe.reader())) {
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void aClosedDescriptorIsNotUsedAgain() throws Exception {
    Pipe pipe = Pipe.open(kernel);
    pipe.close();
    pipe.close();

    assertThatIllegalStateException().isThrownBy(() -> pipe.reader().number());
  }
}
