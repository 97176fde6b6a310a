package dev.warren.lab.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.testing.Mutator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Whatever comes in, something sensible is done with it, and soon. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class JudgeFuzzTest {

  private final Judge judge =
      new Judge(
          Labs.records(),
          ForwardZones.none()
              .with(
                  new Forward(
                      Queries.name("fwd"),
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), 53),
                      SocketFactory.here())));

  @Test
  void damagedQueriesAreAnsweredWithTheirIdOrRelayedOrIgnored() {
    Message edns = Queries.query("localdc.samba.example.com.", Type.AAAA);
    edns.addRecord(new OPTRecord(4096, 0, 0, 0), Section.ADDITIONAL);
    Mutator.bytes(
            20_000,
            Queries.wire(1, "a.", Type.A),
            edns.toWire(),
            Queries.wire(3, "x.fwd.", Type.ANY),
            Queries.signedUpdate("example.org", "x"))
        .forEach(this::check);
  }

  private void check(byte[] query) {
    for (Transport transport : Transport.values()) {
      switch (judge.judge(query, transport)) {
        case Verdict.Answer answer ->
            assertThat(Arrays.copyOf(answer.message(), 2)).isEqualTo(Arrays.copyOf(query, 2));
        case Verdict.Relay(Forward forward) ->
            assertThat(forward.zone()).isEqualTo(Queries.name("fwd"));
        case Verdict.Ignore() ->
            assertThat(query.length < Wire.HEADER || Wire.isResponse(query)).isTrue();
      }
    }
  }
}
