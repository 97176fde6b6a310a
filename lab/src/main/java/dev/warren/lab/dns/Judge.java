package dev.warren.lab.dns;

import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/**
 * Decides what is to be done with a message, from the message alone: addresses of the lab's own
 * hosts are answered, all else goes to the server of its zone, and the rest is answered from the
 * own records.
 */
record Judge(DnsRecords records, ForwardZones zones) {

  Verdict judge(byte[] message, Transport transport) {
    if (message.length < Wire.HEADER || Wire.isResponse(message)) {
      return new Verdict.Ignore(); // two services that answer answers would never end
    }
    Optional<Name> name = Wire.questionName(message);
    if (name.isEmpty()) {
      return new Verdict.Answer(Wire.error(message, Rcode.FORMERR));
    }
    // A host of the lab may have a name in a zone that another host serves and does not know it in.
    if (records.has(name.get()) && Wire.asksForAddresses(message)) {
      return new Verdict.Answer(OwnAnswer.to(message, transport, records));
    }
    Optional<Forward> forward = zones.of(name.get());
    return forward.isPresent()
        ? new Verdict.Relay(forward.get())
        : new Verdict.Answer(OwnAnswer.to(message, transport, records));
  }

  Judge with(DnsRecords other) {
    return new Judge(other, zones);
  }

  Judge with(ForwardZones other) {
    return new Judge(records, other);
  }
}
