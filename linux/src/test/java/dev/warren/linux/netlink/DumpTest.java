package dev.warren.linux.netlink;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.message.Message;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What is no answer is refused, and not half understood. */
class DumpTest {
  private final ByteBuffer buffer = ByteBuffer.allocate(512).order(ByteOrder.nativeOrder());

  @Test
  void aMessageWithoutItsFixedPartIsRefused() {
    new Message(buffer, 16, 2, 1).integer(0).finish();

    refused(Dump.Kind.LINKS, "a message of 20 bytes where 32 are the least");
  }

  @Test
  void anAddressWithMoreBitsThanItHasIsRefused() {
    Message address = new Message(buffer, 20, 2, 1).bytes(2, 33, 0, 0).integer(1);
    address.attribute(AddressEncoder.IFA_LOCAL, new byte[] {10, 0, 0, 1}).finish();

    refused(Dump.Kind.ADDRESSES, "a prefix of 33 bits");
  }

  @Test
  void aRouteWithMoreBitsThanItHasIsRefused() {
    Message route = new Message(buffer, 24, 2, 1).bytes(2, 33, 0, 0).bytes(254, 4, 0, 1).integer(0);
    route.attribute(RouteEncoder.RTA_DST, new byte[] {10, 0, 0, 0}).finish();

    refused(Dump.Kind.ROUTES, "a prefix of 33 bits");
  }

  private void refused(Dump.Kind<?> kind, String why) {
    assertThatExceptionOfType(KernelException.class)
        .isThrownBy(() -> new Dump<>(kind, 1).read(buffer.flip()))
        .withMessageContaining(why);
  }
}
