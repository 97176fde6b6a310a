package dev.warren.linux.nftables;

import dev.warren.linux.netlink.message.Message;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes rules as the kernel's expressions: each loads something into a register, compares it, or
 * acts. Constants from linux/netfilter/nf_tables.h; numbers in attributes are big-endian there.
 */
final class RuleEncoder {
  private static final int NFTA_LIST_ELEM = 1;
  private static final int NFTA_EXPR_NAME = 1;
  private static final int NFTA_EXPR_DATA = 2;
  private static final int NFTA_DATA_VALUE = 1;
  private static final int NFTA_DATA_VERDICT = 2;
  private static final int NFTA_VERDICT_CODE = 1;

  private static final int NFT_REG_VERDICT = 0;
  private static final int NFT_REG_1 = 1;
  private static final int NFT_REG_2 = 2;

  private static final int NFTA_META_DREG = 1;
  private static final int NFTA_META_KEY = 2;
  private static final int NFT_META_IIFNAME = 6;
  private static final int NFT_META_OIFNAME = 7;
  private static final int NFT_META_NFPROTO = 15;
  private static final int NFT_META_L4PROTO = 16;

  private static final int NFTA_PAYLOAD_DREG = 1;
  private static final int NFTA_PAYLOAD_BASE = 2;
  private static final int NFTA_PAYLOAD_OFFSET = 3;
  private static final int NFTA_PAYLOAD_LEN = 4;
  private static final int NFT_PAYLOAD_NETWORK_HEADER = 1;
  private static final int NFT_PAYLOAD_TRANSPORT_HEADER = 2;

  private static final int NFTA_CMP_SREG = 1;
  private static final int NFTA_CMP_OP = 2;
  private static final int NFTA_CMP_DATA = 3;
  private static final int NFT_CMP_EQ = 0;
  private static final int NFT_CMP_NEQ = 1;
  private static final int NFT_CMP_LT = 2;

  private static final int NFTA_RANGE_SREG = 1;
  private static final int NFTA_RANGE_OP = 2;
  private static final int NFTA_RANGE_FROM_DATA = 3;
  private static final int NFTA_RANGE_TO_DATA = 4;
  private static final int NFT_RANGE_EQ = 0;

  private static final int NFTA_BITWISE_SREG = 1;
  private static final int NFTA_BITWISE_DREG = 2;
  private static final int NFTA_BITWISE_LEN = 3;
  private static final int NFTA_BITWISE_MASK = 4;
  private static final int NFTA_BITWISE_XOR = 5;

  private static final int NFTA_CT_DREG = 1;
  private static final int NFTA_CT_KEY = 2;
  private static final int NFT_CT_STATE = 0;
  private static final int NFT_CT_STATUS = 2;

  /** From linux/netfilter/nf_conntrack_common.h. */
  private static final int IPS_DST_NAT = 1 << 5;

  private static final int NFTA_IMMEDIATE_DREG = 1;
  private static final int NFTA_IMMEDIATE_DATA = 2;

  private static final int NFTA_NG_DREG = 1;
  private static final int NFTA_NG_MODULUS = 2;
  private static final int NFTA_NG_TYPE = 3;
  private static final int NFT_NG_INCREMENTAL = 0;
  private static final int NFT_NG_RANDOM = 1;

  private static final int NFTA_NAT_TYPE = 1;
  private static final int NFTA_NAT_FAMILY = 2;
  private static final int NFTA_NAT_REG_ADDR_MIN = 3;
  private static final int NFTA_NAT_REG_PROTO_MIN = 5;
  private static final int NFT_NAT_DNAT = 1;
  private static final int NFTA_MASQ_FLAGS = 1;

  /** From linux/netfilter/nf_nat.h. */
  private static final int NF_NAT_RANGE_PROTO_RANDOM_FULLY = 1 << 4;

  /** From linux/if.h: a name is compared with all its NULs. */
  private static final int IFNAMSIZ = 16;

  private final Message message;

  RuleEncoder(Message message) {
    this.message = message;
  }

  void append(Rule rule) {
    rule.statements().forEach(this::append);
  }

  private void append(Statement statement) {
    switch (statement) {
      case Match.InputInterface in -> meta(NFT_META_IIFNAME, name(in.name()));
      case Match.OutputInterface out -> meta(NFT_META_OIFNAME, name(out.name()));
      case Match.Ip ip -> ip(ip.ipv4());
      case Match.Transport transport ->
          meta(NFT_META_L4PROTO, octet(transport.protocol().number()));
      case Match.DestinationPorts ports -> {
        payload(NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2);
        between(port(ports.first()), port(ports.last()));
      }
      case Match.IcmpTypes types -> {
        payload(NFT_PAYLOAD_TRANSPORT_HEADER, 0, 1);
        between(octet(types.first()), octet(types.last()));
      }
      case Match.Source source -> address(source.network(), source.prefix(), true);
      case Match.Destination destination ->
          address(destination.network(), destination.prefix(), false);
      case Match.Connection connection ->
          flags(
              NFT_CT_STATE,
              connection.states().stream()
                  .mapToInt(Match.ConnectionState::bit)
                  .reduce(0, (a, b) -> a | b));
      case Match.Redirected _ -> flags(NFT_CT_STATUS, IPS_DST_NAT);
      case Match.Chance chance -> {
        number(NFT_NG_RANDOM, chance.of());
        // Less than is decided byte by byte, so the number must be big-endian first.
        swap();
        compare(NFT_CMP_LT, bigEndian(chance.cases()));
      }
      case Match.Every every -> {
        number(NFT_NG_INCREMENTAL, every.number());
        compare(NFT_CMP_EQ, nativeOrder(every.number() - 1));
      }
      case Nat.Masquerade masquerade -> masquerade(masquerade);
      case Nat.Destination destination -> destination(destination);
      case Verdict verdict -> verdict(verdict);
      case Statement.Count _ -> expression("counter", () -> {});
    }
  }

  private void ip(boolean ipv4) {
    meta(NFT_META_NFPROTO, octet((ipv4 ? Family.IPV4 : Family.IPV6).number()));
  }

  private void address(InetAddress network, int prefix, boolean source) {
    boolean ipv4 = network instanceof Inet4Address;
    byte[] value = network.getAddress();
    ip(ipv4);
    // struct iphdr of linux/ip.h, struct ipv6hdr of linux/ipv6.h.
    int offset = ipv4 ? (source ? 12 : 16) : (source ? 8 : 24);
    payload(NFT_PAYLOAD_NETWORK_HEADER, offset, value.length);
    if (prefix < value.length * Byte.SIZE) {
      byte[] mask = new byte[value.length];
      for (int bit = 0; bit < prefix; bit++) {
        mask[bit / 8] |= (byte) (0x80 >>> bit % 8);
      }
      mask(mask);
    }
    compare(NFT_CMP_EQ, value);
  }

  private void meta(int key, byte[] value) {
    expression(
        "meta", () -> message.bigEndian(NFTA_META_KEY, key).bigEndian(NFTA_META_DREG, NFT_REG_1));
    compare(NFT_CMP_EQ, value);
  }

  private void flags(int key, int bits) {
    expression("ct", () -> message.bigEndian(NFTA_CT_KEY, key).bigEndian(NFTA_CT_DREG, NFT_REG_1));
    mask(nativeOrder(bits));
    compare(NFT_CMP_NEQ, nativeOrder(0));
  }

  private void payload(int base, int offset, int length) {
    expression(
        "payload",
        () ->
            message
                .bigEndian(NFTA_PAYLOAD_DREG, NFT_REG_1)
                .bigEndian(NFTA_PAYLOAD_BASE, base)
                .bigEndian(NFTA_PAYLOAD_OFFSET, offset)
                .bigEndian(NFTA_PAYLOAD_LEN, length));
  }

  private void mask(byte[] mask) {
    expression(
        "bitwise",
        () -> {
          message
              .bigEndian(NFTA_BITWISE_SREG, NFT_REG_1)
              .bigEndian(NFTA_BITWISE_DREG, NFT_REG_1)
              .bigEndian(NFTA_BITWISE_LEN, mask.length);
          value(NFTA_BITWISE_MASK, mask);
          value(NFTA_BITWISE_XOR, new byte[mask.length]);
        });
  }

  private void swap() {
    // NFT_BYTEORDER_HTON is 1: attributes are SREG, DREG, OP, LEN and SIZE.
    expression(
        "byteorder",
        () ->
            message
                .bigEndian(1, NFT_REG_1)
                .bigEndian(2, NFT_REG_1)
                .bigEndian(3, 1)
                .bigEndian(4, Integer.BYTES)
                .bigEndian(5, Integer.BYTES));
  }

  private void between(byte[] first, byte[] last) {
    if (Arrays.equals(first, last)) {
      compare(NFT_CMP_EQ, first);
      return;
    }
    expression(
        "range",
        () -> {
          message.bigEndian(NFTA_RANGE_SREG, NFT_REG_1).bigEndian(NFTA_RANGE_OP, NFT_RANGE_EQ);
          value(NFTA_RANGE_FROM_DATA, first);
          value(NFTA_RANGE_TO_DATA, last);
        });
  }

  private void compare(int operator, byte[] value) {
    expression(
        "cmp",
        () -> {
          message.bigEndian(NFTA_CMP_SREG, NFT_REG_1).bigEndian(NFTA_CMP_OP, operator);
          value(NFTA_CMP_DATA, value);
        });
  }

  private void number(int type, int modulus) {
    expression(
        "numgen",
        () ->
            message
                .bigEndian(NFTA_NG_DREG, NFT_REG_1)
                .bigEndian(NFTA_NG_MODULUS, modulus)
                .bigEndian(NFTA_NG_TYPE, type));
  }

  private void masquerade(Nat.Masquerade masquerade) {
    expression(
        "masq",
        () -> {
          if (masquerade.randomPorts()) {
            message.bigEndian(NFTA_MASQ_FLAGS, NF_NAT_RANGE_PROTO_RANDOM_FULLY);
          }
        });
  }

  private void destination(Nat.Destination to) {
    boolean ipv4 = to.address() instanceof Inet4Address;
    load(NFT_REG_1, to.address().getAddress());
    to.port().ifPresent(port -> load(NFT_REG_2, port(port)));
    expression(
        "nat",
        () -> {
          message
              .bigEndian(NFTA_NAT_TYPE, NFT_NAT_DNAT)
              .bigEndian(NFTA_NAT_FAMILY, (ipv4 ? Family.IPV4 : Family.IPV6).number())
              .bigEndian(NFTA_NAT_REG_ADDR_MIN, NFT_REG_1);
          to.port().ifPresent(_ -> message.bigEndian(NFTA_NAT_REG_PROTO_MIN, NFT_REG_2));
        });
  }

  private void load(int register, byte[] value) {
    expression(
        "immediate",
        () -> {
          message.bigEndian(NFTA_IMMEDIATE_DREG, register);
          value(NFTA_IMMEDIATE_DATA, value);
        });
  }

  private void verdict(Verdict verdict) {
    expression(
        "immediate",
        () ->
            message
                .bigEndian(NFTA_IMMEDIATE_DREG, NFT_REG_VERDICT)
                .nested(
                    NFTA_IMMEDIATE_DATA,
                    () ->
                        message.nested(
                            NFTA_DATA_VERDICT,
                            () -> message.bigEndian(NFTA_VERDICT_CODE, verdict.number()))));
  }

  private void value(int type, byte[] value) {
    message.nested(type, () -> message.attribute(NFTA_DATA_VALUE, value));
  }

  private void expression(String name, Runnable body) {
    message.nested(
        NFTA_LIST_ELEM, () -> message.attribute(NFTA_EXPR_NAME, name).nested(NFTA_EXPR_DATA, body));
  }

  private static byte[] name(String name) {
    return Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), IFNAMSIZ);
  }

  private static byte[] octet(int value) {
    return new byte[] {(byte) value};
  }

  private static byte[] port(int port) {
    return new byte[] {(byte) (port >> 8), (byte) port};
  }

  private static byte[] bigEndian(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static byte[] nativeOrder(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(value).array();
  }
}
