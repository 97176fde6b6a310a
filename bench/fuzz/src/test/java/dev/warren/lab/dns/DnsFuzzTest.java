package dev.warren.lab.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** DNS queries, damaged: an answer with their number, relayed, or none at all. */
class DnsFuzzTest {
  private final Judge judge =
      new Judge(
          DnsRecords.of(
              LabDescription.builder("test")
                  .host(HostDescription.named("a").on("selftest0", 1))
                  .host(
                      HostDescription.named("LocalDC")
                          .domain("samba.example.com")
                          .alias("gc")
                          .on("selftest0", 21))
                  .build()),
          ForwardZones.none()
              .with(
                  new Forward(
                      DnsRecords.absolute("fwd"),
                      new InetSocketAddress(InetAddress.getLoopbackAddress(), 53),
                      SocketFactory.here())));

  @Test
  void queries() throws Exception {
    Message edns = query("localdc.samba.example.com.", Type.AAAA);
    edns.addRecord(new OPTRecord(4096, 0, 0, 0), Section.ADDITIONAL);
    Update update = new Update(DnsRecords.absolute("example.org"));
    update.add(DnsRecords.absolute("x.example.org"), Type.A, 900, "10.53.57.99");
    // A name that points at itself, and one that points at the header (RFC 1035, 4.1.4).
    byte[] loop = query("a.", Type.A).toWire();
    loop[12] = (byte) 0xc0;
    loop[13] = 12;
    Fuzz.check(
        "DNS",
        100,
        Damage.bytes(
            List.of(
                query("a.", Type.A).toWire(),
                query("30.57.53.10.in-addr.arpa.", Type.PTR).toWire(),
                edns.toWire(),
                query("x.fwd.", Type.ANY).toWire(),
                update.toWire(),
                loop)),
        this::judged);
  }

  private Outcome judged(byte[] query) throws IOException {
    Outcome outcome = Outcome.REJECTED;
    for (Transport transport : Transport.values()) {
      switch (judge.judge(query, transport)) {
        case Verdict.Answer answer -> {
          byte[] told = answer.message();
          assertThat(Arrays.copyOf(told, 2)).isEqualTo(Arrays.copyOf(query, 2));
          assertThat(told[2] & 0x80).as("an answer, not a question").isNotZero();
          Message read = new Message(told);
          if (read.getRcode() == 0 && !read.getSection(Section.ANSWER).isEmpty()) {
            // It answers what was asked.
            Message asked = new Message(query);
            assertThat(read.getQuestion()).isEqualTo(asked.getQuestion());
            outcome = Outcome.ACCEPTED;
          }
        }
        case Verdict.Relay(Forward forward) -> {
          assertThat(forward.zone()).isEqualTo(DnsRecords.absolute("fwd"));
          outcome = Outcome.ACCEPTED;
        }
        case Verdict.Ignore() ->
            assertThat(query.length < Wire.HEADER || Wire.isResponse(query)).isTrue();
      }
    }
    return outcome;
  }

  private static Message query(String name, int type) {
    return Message.newQuery(Record.newRecord(DnsRecords.absolute(name), type, DClass.IN));
  }
}
