package dev.warren.lab.dns;

import org.jspecify.annotations.Nullable;
import org.xbill.DNS.OPTRecord;

/** How a query came, which bounds its answer. */
enum Transport {
  UDP,
  TCP;

  /** What is accepted and sent over UDP at most, in octets: DNS Flag Day 2020, no fragments. */
  static final int EDNS_UDP = 1232;

  /** RFC 1035, 4.2.1: an answer over UDP to somebody who has not asked for more, in octets. */
  private static final int PLAIN_UDP = 512;

  /** RFC 1035, 4.2.2: the length over TCP has 16 bits. */
  private static final int MAX_TCP = 65535;

  /** How long the answer may be, in octets, for a query with this OPT record (RFC 6891, 6.2.3). */
  int limit(@Nullable OPTRecord opt) {
    if (this == TCP) {
      return MAX_TCP;
    }
    return opt == null ? PLAIN_UDP : Math.clamp(opt.getPayloadSize(), PLAIN_UDP, EDNS_UDP);
  }
}
