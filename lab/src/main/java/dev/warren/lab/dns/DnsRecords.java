package dev.warren.lab.dns;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TextParseException;

/** The lab's own records: names to addresses and back. Immutable. */
public final class DnsRecords {

  /** In seconds. A lab changes while it runs: nobody shall remember an answer (RFC 1035, 3.2.1). */
  static final long TTL = 0;

  // Names compare without regard to case (RFC 4343).
  private final Map<Name, List<Record>> records;

  private DnsRecords(Map<Name, List<Record>> records) {
    this.records = records;
  }

  /** No records. */
  public static DnsRecords none() {
    return new DnsRecords(Map.of());
  }

  /**
   * The records of a lab: for every name of every host, the root included, its addresses; and for
   * every address the full name.
   */
  public static DnsRecords of(LabDescription lab) {
    Map<Name, List<Record>> records = new HashMap<>();
    lab.everyone().forEach(host -> add(records, host, lab.addresses(host)));
    records.replaceAll((name, list) -> List.copyOf(list));
    return new DnsRecords(Map.copyOf(records));
  }

  /** Whether the lab has this name. */
  boolean has(Name name) {
    return records.containsKey(name);
  }

  /** The records of a name, of every type; none when the lab does not have it. */
  List<Record> of(Name name) {
    return records.getOrDefault(name, List.of());
  }

  private static void add(
      Map<Name, List<Record>> records, HostDescription host, Collection<InetAddress> addresses) {
    for (InetAddress address : addresses) {
      host.names().stream()
          .map(DnsRecords::absolute)
          .distinct()
          .forEach(name -> put(records, forward(name, address)));
      Name reverse = ReverseMap.fromAddress(address);
      put(records, new PTRRecord(reverse, DClass.IN, TTL, absolute(host.fqdn())));
    }
  }

  private static Record forward(Name name, InetAddress address) {
    return address instanceof Inet4Address
        ? new ARecord(name, DClass.IN, TTL, address)
        : new AAAARecord(name, DClass.IN, TTL, address);
  }

  private static void put(Map<Name, List<Record>> records, Record added) {
    records.computeIfAbsent(added.getName(), name -> new ArrayList<>()).add(added);
  }

  /** A name as the root of all names sees it. */
  static Name absolute(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("\"%s\" is no DNS name".formatted(name), e);
    }
  }
}
