package dev.warren.lab.dns;

import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.DNSInput;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import org.xbill.DNS.WireParseException;

/**
 * The few parts of a message that matter without reading the whole: RFC 1035, 4.1.1 and 4.1.2. An
 * update (RFC 2136, 2) has its zone where a query has its question.
 */
final class Wire {

  /** The length of a header, in octets. */
  static final int HEADER = 12;

  private static final int QR = 0x80;
  private static final int OPCODE = 0x78;
  private static final int RD = 0x01;

  private Wire() {}

  static int id(byte[] message) {
    return (message[0] & 0xff) << 8 | (message[1] & 0xff);
  }

  static boolean isResponse(byte[] message) {
    return (message[2] & QR) != 0;
  }

  /** How many questions a query has, or zones an update. */
  static int questions(byte[] message) {
    return (message[4] & 0xff) << 8 | (message[5] & 0xff);
  }

  /** The name that the only question, or zone, is about; empty when it cannot be read. */
  static Optional<Name> questionName(byte[] message) {
    return question(message).map(Question::name);
  }

  /** Whether it is a query for addresses, of IPv4 or IPv6. */
  static boolean asksForAddresses(byte[] message) {
    return (message[2] & OPCODE) == 0
        && question(message).filter(q -> q.type() == Type.A || q.type() == Type.AAAA).isPresent();
  }

  /**
   * An answer without records: the query's id, opcode and RD, the code, and the question where it
   * can be read.
   *
   * @param query at least a header
   */
  static byte[] error(byte[] query, int code) {
    int end = question(query).map(Question::end).orElse(HEADER);
    byte[] answer = Arrays.copyOf(query, end);
    Arrays.fill(answer, 4, HEADER, (byte) 0);
    answer[2] = (byte) (QR | (query[2] & (OPCODE | RD)));
    answer[3] = (byte) code;
    answer[5] = (byte) (end > HEADER ? 1 : 0);
    return answer;
  }

  private record Question(Name name, int type, int end) {}

  private static Optional<Question> question(byte[] message) {
    if (questions(message) != 1 || message.length == HEADER) {
      return Optional.empty();
    }
    try {
      DNSInput in = new DNSInput(message);
      in.jump(HEADER);
      Name name = new Name(in);
      if (in.current() - HEADER != name.length()) {
        // A pointer: the header is all that is before it, and an answer has another one.
        return Optional.empty();
      }
      int type = in.readU16();
      in.readU16(); // class
      return Optional.of(new Question(name, type, in.current()));
    } catch (WireParseException e) {
      return Optional.empty();
    }
  }
}
