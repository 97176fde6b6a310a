package dev.warren.lab.dns;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Answers from the lab's own records. */
final class OwnAnswer {

  private OwnAnswer() {}

  /** The answer to a message that has a header and one readable question. */
  static byte[] to(byte[] message, Transport transport, DnsRecords records) {
    Message query;
    try {
      query = new Message(message);
    } catch (IOException | IllegalArgumentException e) {
      return Wire.error(message, Rcode.FORMERR);
    }
    return switch (query.getHeader().getOpcode()) {
      case Opcode.QUERY -> toQuery(query, transport, records);
      case Opcode.UPDATE -> Wire.error(message, Rcode.REFUSED);
      default -> Wire.error(message, Rcode.NOTIMP);
    };
  }

  private static byte[] toQuery(Message query, Transport transport, DnsRecords records) {
    Record question = query.getQuestion();
    OPTRecord opt = query.getOPT();
    Message answer = new Message(query.getHeader().getID());
    answer.addRecord(question, Section.QUESTION);
    int code = code(question, opt, records);
    if (code == Rcode.NOERROR) {
      records.of(question.getName()).stream()
          .filter(record -> answers(record, question))
          .forEach(record -> answer.addRecord(record, Section.ANSWER));
    }
    header(answer.getHeader(), query.getHeader(), code);
    if (opt != null) {
      // RFC 6891, 6.1.3: the code's upper bits are here.
      int flags = opt.getFlags() & ExtendedFlags.DO;
      answer.addRecord(new OPTRecord(Transport.EDNS_UDP, code >> 4, 0, flags), Section.ADDITIONAL);
    }
    return answer.toWire(transport.limit(opt));
  }

  private static int code(Record question, @Nullable OPTRecord opt, DnsRecords records) {
    if (opt != null && opt.getVersion() > 0) {
      return Rcode.BADVERS;
    }
    if (question.getDClass() != DClass.IN && question.getDClass() != DClass.ANY) {
      return Rcode.REFUSED;
    }
    return records.has(question.getName()) ? Rcode.NOERROR : Rcode.NXDOMAIN;
  }

  private static boolean answers(Record record, Record question) {
    return question.getType() == Type.ANY || question.getType() == record.getType();
  }

  private static void header(Header answer, Header query, int code) {
    answer.setRcode(code & 0xf);
    for (int flag : List.of((int) Flags.QR, (int) Flags.AA, (int) Flags.RA)) {
      answer.setFlag(flag);
    }
    if (query.getFlag(Flags.RD)) {
      answer.setFlag(Flags.RD);
    }
  }
}
