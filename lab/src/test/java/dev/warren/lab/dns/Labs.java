package dev.warren.lab.dns;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;

/** A lab for the tests to ask about. */
final class Labs {

  private Labs() {}

  /** A DC with a domain and an alias, a plain host, and the root. */
  static DnsRecords records() {
    return DnsRecords.of(
        LabDescription.builder("test")
            .host(HostDescription.named("a").on("selftest0", 1))
            .host(
                HostDescription.named("LocalDC")
                    .domain("samba.example.com")
                    .alias("gc")
                    .on("selftest0", 21))
            .build());
  }
}
