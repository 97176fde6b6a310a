package dev.warren.lab.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/** Makes queries, and shows answers as text. */
final class Queries {

  private Queries() {}

  static Message query(String name, int type) {
    return Message.newQuery(Record.newRecord(name(name), type, DClass.IN));
  }

  /** A query whose id the test chooses. */
  static byte[] wire(int id, String name, int type) {
    Message query = query(name, type);
    query.getHeader().setID(id);
    return query.toWire();
  }

  /** A dynamic update that adds an address, followed by octets that only look like a signature. */
  static byte[] signedUpdate(String zone, String host) {
    try {
      Update update = new Update(name(zone));
      update.add(name(host + "." + zone), Type.A, 900, "10.53.57.99");
      byte[] wire = update.toWire();
      byte[] signed = Arrays.copyOf(wire, wire.length + 3);
      signed[wire.length] = 's';
      signed[wire.length + 1] = 'i';
      signed[wire.length + 2] = 'g';
      return signed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Name name(String text) {
    return DnsRecords.absolute(text);
  }

  static Message parse(byte[] wire) {
    try {
      return new Message(wire);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String code(Message answer) {
    return Rcode.string(answer.getRcode());
  }

  static String opcode(Message answer) {
    return Opcode.string(answer.getHeader().getOpcode());
  }

  /** The data of the answer's records. */
  static List<String> data(Message answer) {
    return answer.getSection(Section.ANSWER).stream().map(Record::rdataToString).toList();
  }
}
