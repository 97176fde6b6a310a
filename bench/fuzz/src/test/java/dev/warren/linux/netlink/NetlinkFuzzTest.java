package dev.warren.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.message.Answers;
import dev.warren.linux.netlink.message.Attributes;
import dev.warren.linux.netlink.message.Channel;
import dev.warren.linux.netlink.message.Message;
import dev.warren.linux.netlink.message.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What the kernel answers, damaged: lengths that lie, messages that end early, flipped bits. It is
 * read as it is written, or refused as a whole.
 */
class NetlinkFuzzTest {
  private static final int SEQUENCE = 7;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int REQUESTS = 3;

  @Test
  void interfaces() throws Exception {
    List<byte[]> good = real(Dump.Kind.LINKS);
    good.add(bridgePort());
    Fuzz.check(
        "netlink: interfaces",
        100,
        Damage.bytes(good),
        bytes ->
            dump(
                Dump.Kind.LINKS,
                bytes,
                (link, plain) -> {
                  assertThat(link.index()).isEqualTo(plain.number(20));
                  assertThat(link.name()).isEqualTo(plain.text(LinkEncoder.IFLA_IFNAME));
                  assertThat(link.up()).isEqualTo((plain.number(24) & 1) != 0);
                  assertThat(link.mac().isPresent())
                      .isEqualTo(
                          plain
                              .value(LinkEncoder.IFLA_ADDRESS)
                              .filter(b -> b.length == 6)
                              .isPresent());
                }));
  }

  @Test
  void addresses() throws Exception {
    Fuzz.check(
        "netlink: addresses",
        100,
        Damage.bytes(real(Dump.Kind.ADDRESSES)),
        bytes ->
            dump(
                Dump.Kind.ADDRESSES,
                bytes,
                (address, plain) -> {
                  assertThat(address.index()).isEqualTo(plain.number(20));
                  assertThat(address.address().getAddress())
                      .isEqualTo(
                          plain
                              .value(2)
                              .filter(Plain::isAddress)
                              .or(() -> plain.value(1))
                              .orElseThrow());
                  assertThat(address.prefix())
                      .isBetween(0, address.address().getAddress().length * 8);
                }));
  }

  @Test
  void routes() throws Exception {
    List<byte[]> good = real(Dump.Kind.ROUTES);
    good.add(route());
    Fuzz.check(
        "netlink: routes",
        100,
        Damage.bytes(good),
        bytes ->
            dump(
                Dump.Kind.ROUTES,
                bytes,
                (route, plain) -> {
                  assertThat(route.prefix()).isEqualTo(plain.octet(17));
                  assertThat(route.prefix())
                      .isBetween(
                          0,
                          route.destination().map(one -> one.getAddress().length * 8).orElse(255));
                  assertThat(route.protocol()).isEqualTo(plain.octet(21));
                }));
  }

  @Test
  void answersToRequests() throws Exception {
    Fuzz.check(
        "netlink: answers",
        100,
        Damage.bytes(List.of(answers(0), answers(-17), answers(-1))),
        bytes -> {
          Answers answers = new Answers(REQUESTS, number -> "request " + number, SEQUENCE);
          List<Plain> all = Plain.split(bytes);
          try {
            answers.read(buffer(bytes));
          } catch (KernelException malformed) {
            return Outcome.REJECTED;
          }
          boolean last =
              all.stream()
                  .anyMatch(
                      one -> one.type() == NLMSG_ERROR && one.number(8) == SEQUENCE + REQUESTS - 1);
          assertThat(answers.complete()).isEqualTo(last);
          try {
            answers.throwIfRefused();
          } catch (KernelException refused) {
            assertThat(refused).hasMessageContaining("request ");
          }
          return Outcome.ACCEPTED;
        });
  }

  @Test
  void attributesInAttributes() throws Exception {
    Fuzz.check(
        "netlink: attributes",
        100,
        random -> nest(random, 6),
        bytes -> {
          int found = count(Attributes.read(buffer(bytes), 0), 0);
          return found > 0 ? Outcome.ACCEPTED : Outcome.REJECTED;
        });
  }

  private static int count(Attributes attributes, int depth) {
    int found = 0;
    for (int type = 0; type < 4; type++) {
      if (attributes.get(type).isPresent()) {
        found++;
        assertThat(attributes.bytes(type).orElseThrow())
            .hasSize(attributes.get(type).get().limit());
        attributes.text(type);
        attributes.address(type);
        attributes.integer(type);
        attributes.octet(type);
        found += depth < 8 ? count(attributes.nested(type), depth + 1) : 0;
      }
    }
    return found;
  }

  private static byte[] nest(RandomGenerator random, int depth) {
    ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
    for (int i = random.nextInt(4); i > 0; i--) {
      byte[] value =
          depth > 0 && random.nextBoolean()
              ? nest(random, depth - 1)
              : new byte[random.nextInt(20)];
      int length = random.nextInt(8) == 0 ? random.nextInt(0x10000) : value.length + 4;
      if (out.remaining() < value.length + 8) {
        break;
      }
      out.putShort((short) length)
          .putShort((short) (random.nextInt(4) | (random.nextInt(4) << 14)));
      out.put(value);
      out.position(Message.align(out.position()));
    }
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return random.nextInt(3) == 0 && bytes.length > 0
        ? Damage.bytes(random, bytes, List.of(bytes))
        : bytes;
  }

  private interface Comparison<T> {
    void check(T found, Plain plain);
  }

  private static <T> Outcome dump(Dump.Kind<T> kind, byte[] bytes, Comparison<T> comparison) {
    Dump<T> dump = new Dump<>(kind, SEQUENCE);
    Reader reader = dump;
    try {
      reader.read(buffer(bytes));
    } catch (KernelException refused) {
      return Outcome.REJECTED;
    }
    List<Plain> plain =
        Plain.split(bytes).stream().filter(one -> one.number(8) == SEQUENCE).toList();
    List<Plain> told = plain.stream().filter(one -> one.type() == kind.type() - 2).toList();
    assertThat(dump.complete()).isEqualTo(plain.stream().anyMatch(one -> one.type() == NLMSG_DONE));
    assertThat(dump.found()).hasSizeLessThanOrEqualTo(told.size());
    if (dump.found().size() == told.size()) {
      for (int i = 0; i < told.size(); i++) {
        comparison.check(dump.found().get(i), told.get(i));
      }
    }
    return Outcome.ACCEPTED;
  }

  /** A message read in another way: byte by byte, by offsets from its start. */
  private static final class Plain {
    private final byte[] bytes;

    Plain(byte[] bytes) {
      this.bytes = bytes;
    }

    static List<Plain> split(byte[] bytes) {
      List<Plain> all = new ArrayList<>();
      Plain rest = new Plain(bytes);
      while (rest.bytes.length >= 16) {
        long length = Integer.toUnsignedLong(rest.number(0));
        if (length < 16 || length > rest.bytes.length) {
          break;
        }
        all.add(new Plain(java.util.Arrays.copyOf(rest.bytes, (int) length)));
        int next = (int) Math.min((length + 3) / 4 * 4, rest.bytes.length);
        rest = new Plain(java.util.Arrays.copyOfRange(rest.bytes, next, rest.bytes.length));
      }
      return all;
    }

    int octet(int at) {
      return bytes[at] & 0xff;
    }

    int number(int at) {
      int value = 0;
      for (int i = 0; i < 4; i++) {
        int place = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? i : 3 - i;
        value |= octet(at + i) << (8 * place);
      }
      return value;
    }

    int type() {
      return number(4) & 0xffff;
    }

    /** The last one of a type. */
    Optional<byte[]> value(int wanted) {
      int at =
          16
              + switch (type()) {
                case 16 -> 16;
                case 20 -> 8;
                default -> 12;
              };
      Optional<byte[]> found = Optional.empty();
      while (at + 4 <= bytes.length) {
        int length = octet(at) | (octet(at + 1) << 8);
        int type = (octet(at + 2) | (octet(at + 3) << 8)) % 0x4000;
        if (length < 4 || at + length > bytes.length) {
          break;
        }
        if (type == wanted) {
          found = Optional.of(java.util.Arrays.copyOfRange(bytes, at + 4, at + length));
        }
        at += (length + 3) / 4 * 4;
      }
      return found;
    }

    String text(int type) {
      return value(type)
          .map(b -> new String(b, StandardCharsets.UTF_8).replace("\0", "").strip())
          .orElse("");
    }

    static boolean isAddress(byte[] bytes) {
      return bytes.length == 4 || bytes.length == 16;
    }
  }

  /** What this machine's kernel says. */
  private static List<byte[]> real(Dump.Kind<?> kind) throws KernelException {
    List<byte[]> datagrams = new ArrayList<>();
    Dump<?> dump = new Dump<>(kind, SEQUENCE);
    Reader copying =
        new Reader() {
          @Override
          public void read(ByteBuffer datagram) throws KernelException {
            byte[] bytes = new byte[datagram.limit()];
            datagram.get(0, bytes);
            datagrams.add(bytes);
            dump.read(datagram);
          }

          @Override
          public boolean complete() {
            return dump.complete();
          }
        };
    try (Channel channel = Channel.open(Kernel.real(), Channel.NETLINK_ROUTE)) {
      channel.exchange(512, dump::ask, "ask", copying);
    }
    return datagrams;
  }

  private static byte[] bridgePort() {
    return written(
        buffer -> {
          Message link = new Message(buffer, 16, 2, SEQUENCE).link(9, 1, 0);
          link.attribute(LinkEncoder.IFLA_IFNAME, "veth1-br")
              .attribute(LinkEncoder.IFLA_ADDRESS, new byte[] {2, 0, 0, 0, 0, 30})
              .attribute(LinkEncoder.IFLA_MTU, 1500)
              .attribute(LinkEncoder.IFLA_CARRIER, (byte) 1)
              .attribute(LinkEncoder.IFLA_OPERSTATE, (byte) 6)
              .nested(
                  LinkEncoder.IFLA_LINKINFO,
                  () ->
                      link.attribute(LinkEncoder.IFLA_INFO_KIND, "veth")
                          .nested(
                              LinkEncoder.IFLA_INFO_SLAVE_DATA,
                              () -> link.attribute(LinkEncoder.IFLA_BRPORT_STATE, (byte) 3)))
              .attribute(LinkEncoder.IFLA_STATS64, new byte[200])
              .finish();
        });
  }

  private static byte[] route() {
    return written(
        buffer -> {
          Message route =
              new Message(buffer, 24, 2, SEQUENCE)
                  .bytes(2, 24, 0, 0)
                  .bytes(254, 4, 0, 1)
                  .integer(0);
          route
              .attribute(RouteEncoder.RTA_DST, new byte[] {10, 1, 2, 0})
              .attribute(RouteEncoder.RTA_GATEWAY, new byte[] {10, 9, 0, 1})
              .attribute(RouteEncoder.RTA_OIF, 3)
              .finish();
        });
  }

  /** An error at the second of three, and what the third came to. */
  private static byte[] answers(int error) {
    return written(
        buffer -> {
          for (int i = 1; i < REQUESTS; i++) {
            Message one =
                new Message(buffer, NLMSG_ERROR, 0x200, SEQUENCE + i).integer(i == 1 ? -22 : error);
            one.integer(36).integer(16).integer(SEQUENCE + i).integer(0);
            one.attribute(1, "Device does not exist").finish();
          }
        });
  }

  private static byte[] written(java.util.function.Consumer<ByteBuffer> writer) {
    ByteBuffer buffer = ByteBuffer.allocate(2048).order(ByteOrder.nativeOrder());
    writer.accept(buffer);
    byte[] bytes = new byte[buffer.position()];
    buffer.get(0, bytes);
    return bytes;
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
  }
}
