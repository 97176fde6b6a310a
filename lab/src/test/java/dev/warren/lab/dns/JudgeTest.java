package dev.warren.lab.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What the service makes of each kind of message, without sockets. */
class JudgeTest {

  private static final Forward SAMBA = forward("samba.example.com");

  private final Judge own = new Judge(Labs.records(), ForwardZones.none());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LocalDC.samba.example.com.",
        "localdc.SAMBA.example.COM.",
        "localdc.",
        "gc.",
      })
  void everyNameOfAHostHasItsAddressesInAnyCase(String name) {
    assertThat(Queries.data(answer(name, Type.A))).containsExactly("10.53.57.21");
    assertThat(Queries.data(answer(name, Type.AAAA))).containsExactly("fd00:0:0:0:0:0:5357:5f15");
  }

  @ParameterizedTest
  @CsvSource({
    "21.57.53.10.in-addr.arpa., LocalDC.samba.example.com.",
    "1.57.53.10.in-addr.arpa., a.",
    "11.57.53.10.in-addr.arpa., root.",
    "5.1.f.5.7.5.3.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa.,"
        + " LocalDC.samba.example.com.",
  })
  void anAddressHasTheFullNameOfItsHost(String address, String name) {
    assertThat(Queries.data(answer(address, Type.PTR))).containsExactly(name);
  }

  @Test
  void anyAsksForEveryRecordOfTheName() {
    assertThat(Queries.data(answer("a.", Type.ANY))).hasSize(2);
  }

  @Test
  void aKnownNameHasNoRecordsOfOtherTypes() {
    Message answer = answer("a.", Type.MX);

    assertThat(Queries.code(answer)).isEqualTo("NOERROR");
    assertThat(Queries.data(answer)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody.",
        "a.samba.example.com.",
        "www.example.org.",
        "9.57.53.10.in-addr.arpa.",
        "."
      })
  void anyOtherNameDoesNotExist(String name) {
    assertThat(Queries.code(answer(name, Type.A))).isEqualTo("NXDOMAIN");
  }

  @Test
  void anAnswerIsTheAuthoritysAndForNow() {
    Message answer = answer("a.", Type.A);

    assertThat(answer.getHeader().getFlag(Flags.QR)).isTrue();
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(answer.getHeader().getFlag(Flags.RD)).isTrue();
    assertThat(answer.getSection(Section.ANSWER)).allMatch(record -> record.getTTL() == 0);
  }

  @Test
  void aClassThatIsNotTheInternetsIsRefused() {
    Record question = Record.newRecord(Queries.name("a"), Type.TXT, DClass.CH);

    assertThat(Queries.code(answer(Message.newQuery(question)))).isEqualTo("REFUSED");
  }

  @Test
  void anUpdateOfTheLabsOwnNamesIsRefused() {
    Message answer = own(Queries.signedUpdate("example.org", "x"), Transport.UDP);

    assertThat(Queries.opcode(answer)).isEqualTo("UPDATE");
    assertThat(Queries.code(answer)).isIn("REFUSED", "FORMERR");
  }

  @Test
  void otherOperationsAreNotImplemented() {
    Message notify = Queries.query("a.", Type.SOA);
    notify.getHeader().setOpcode(Opcode.NOTIFY);

    assertThat(Queries.code(answer(notify))).isEqualTo("NOTIMP");
  }

  @Test
  void ednsIsAnsweredWithEdns() {
    Message query = Queries.query("a.", Type.A);
    query.addRecord(new OPTRecord(4096, 0, 0, 0), Section.ADDITIONAL);

    assertThat(answer(query).getOPT().getPayloadSize()).isEqualTo(1232);
  }

  @Test
  void aLaterVersionOfEdnsIsRefusedByItsCode() {
    Message query = Queries.query("a.", Type.A);
    query.addRecord(new OPTRecord(4096, 0, 1, 0), Section.ADDITIONAL);

    assertThat(Queries.code(answer(query))).isEqualTo("BADVERS");
  }

  @Test
  void anAnswerThatIsTooLongForUdpIsTruncatedAndWholeOverTcp() {
    HostBuilder many = HostDescription.named("many");
    for (int i = 20; i < 120; i++) {
      many.on("selftest0", i);
    }
    DnsRecords records = DnsRecords.of(LabDescription.builder("x").host(many).build());
    Judge judge = new Judge(records, ForwardZones.none());
    byte[] query = Queries.wire(7, "many.", Type.A);

    byte[] udp = ((Verdict.Answer) judge.judge(query, Transport.UDP)).message();
    byte[] tcp = ((Verdict.Answer) judge.judge(query, Transport.TCP)).message();

    assertThat(udp).hasSizeLessThanOrEqualTo(512);
    assertThat(Queries.parse(udp).getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(Queries.data(Queries.parse(tcp))).hasSize(100);
  }

  @Test
  void aMessageThatCannotBeReadIsAFormatError() {
    byte[] cut = Arrays.copyOf(Queries.wire(0x1234, "a.", Type.A), 14);

    Message answer = own(cut, Transport.UDP);

    assertThat(answer.getHeader().getID()).isEqualTo(0x1234);
    assertThat(Queries.code(answer)).isEqualTo("FORMERR");
  }

  @Test
  void aQueryWithoutAQuestionIsAFormatError() {
    assertThat(Queries.code(own(new byte[12], Transport.UDP))).isEqualTo("FORMERR");
  }

  @Test
  void fragmentsAndAnswersAreIgnored() {
    byte[] answer = Queries.wire(1, "a.", Type.A);
    answer[2] |= (byte) 0x80;

    assertThat(own.judge(new byte[11], Transport.UDP)).isEqualTo(new Verdict.Ignore());
    assertThat(own.judge(answer, Transport.UDP)).isEqualTo(new Verdict.Ignore());
  }

  @ParameterizedTest
  @CsvSource({
    "samba.example.com., samba.example.com.",
    "x.SAMBA.Example.com., samba.example.com.",
    "_ldap._tcp.sub.samba.example.com., sub.samba.example.com.",
    "notsamba.example.com.,",
    "example.com.,",
  })
  void theLongestZoneThatANameIsInIsForwarded(String name, String zone) {
    ForwardZones zones = ForwardZones.none().with(SAMBA).with(forward("sub.samba.example.com"));

    assertThat(zones.of(Queries.name(name)).map(forward -> forward.zone().toString()).orElse(null))
        .isEqualTo(zone);
  }

  @Test
  void theRootZoneForwardsEverything() {
    assertThat(ForwardZones.none().with(forward(".")).of(Queries.name("a.b"))).isPresent();
  }

  @Test
  void addressesOfTheLabsHostsAreAnsweredEvenInAForwardedZone() {
    Judge judge = own.with(ForwardZones.none().with(SAMBA));

    assertThat(judge.judge(Queries.wire(1, "localdc.samba.example.com.", Type.A), Transport.UDP))
        .isInstanceOf(Verdict.Answer.class);
  }

  @Test
  void otherNamesAndTypesOfAForwardedZoneAreForwarded() {
    Judge judge = own.with(ForwardZones.none().with(SAMBA));

    assertThat(judge.judge(Queries.wire(1, "other.samba.example.com.", Type.A), Transport.UDP))
        .isEqualTo(new Verdict.Relay(SAMBA));
    assertThat(judge.judge(Queries.wire(1, "localdc.samba.example.com.", Type.SOA), Transport.UDP))
        .isEqualTo(new Verdict.Relay(SAMBA));
  }

  @Test
  void updatesAndWhateverElseIsInTheZoneAreForwarded() {
    Judge judge = own.with(ForwardZones.none().with(SAMBA));

    assertThat(judge.judge(Queries.signedUpdate("samba.example.com", "x"), Transport.UDP))
        .isEqualTo(new Verdict.Relay(SAMBA));
    assertThat(
            judge.judge(
                Queries.wire(1, "77.sig-localdc.samba.example.com.", Type.TKEY), Transport.TCP))
        .isEqualTo(new Verdict.Relay(SAMBA));
  }

  /** The answer has another header, and the question would be another name there. */
  @Test
  void aQuestionThatPointsIntoTheHeaderIsNotRepeated() throws Exception {
    byte[] query = {2, 1, 'a', 0, 0, 1, 0, 0, 0, 0, 0, 0, (byte) 0xc0, 1, 0, 1, 0, 1};

    Message answer = own(query, Transport.UDP);

    assertThat(answer.getHeader().getID()).isEqualTo(0x201);
    assertThat(answer.getRcode()).isEqualTo(Rcode.FORMERR);
    assertThat(answer.getQuestion()).isNull();
  }

  private Message answer(String name, int type) {
    return answer(Queries.query(name, type));
  }

  private Message answer(Message query) {
    Message answer = own(query.toWire(), Transport.UDP);
    assertThat(answer.getHeader().getID()).isEqualTo(query.getHeader().getID());
    return answer;
  }

  private Message own(byte[] query, Transport transport) {
    return Queries.parse(((Verdict.Answer) own.judge(query, transport)).message());
  }

  private static Forward forward(String zone) {
    return new Forward(
        Queries.name(zone),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 53),
        SocketFactory.here());
  }
}
