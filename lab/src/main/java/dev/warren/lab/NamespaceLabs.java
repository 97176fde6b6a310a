package dev.warren.lab;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.dns.DnsRecords;
import dev.warren.lab.dns.DnsService;
import dev.warren.lab.event.Events;
import dev.warren.lab.plan.Executor;
import dev.warren.lab.plan.Reasons;
import dev.warren.lab.service.ServiceListener;
import dev.warren.lab.software.PackageLayer;
import dev.warren.lab.wire.Seed;
import dev.warren.linux.kernel.Kernel;
import java.io.IOException;
import java.security.Security;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** Starts labs in namespaces. */
final class NamespaceLabs {
  private NamespaceLabs() {}

  static Backing start(LabDescription description, LabSettings settings) throws IOException {
    fetchPackages(description, settings);
    forgetNames();
    DnsService dns = names(description);
    OptionalLong asked = description.options().seed();
    Seed seed = new Seed(asked.orElseGet(NamespaceLabs::newSeed), asked.isPresent());
    boolean started = false;
    try {
      Events events = new Events();
      ServiceListener listener =
          event -> {
            settings.serviceListener().happened(event);
            ServiceEvents.of(event).ifPresent(events::publish);
          };
      HostEvents hosts = new HostEvents(events);
      Executor executor =
          Executor.start(
              Lab.plan(description, settings),
              settings.kernel().orElseGet(Kernel::real),
              dns,
              settings.packages(),
              listener,
              hosts,
              seed,
              settings.hostsAtOnce());
      Backing lab = new Changes(description, settings, dns, executor, events, hosts);
      started = true;
      return lab;
    } finally {
      if (!started) {
        dns.close();
      }
    }
  }

  private static DnsService names(LabDescription description) throws IOException {
    try {
      return DnsService.start(DnsRecords.of(description));
    } catch (IOException failure) {
      throw new IOException(
          "serve names to lab " + description.name() + ": " + Reasons.of(failure), failure);
    }
  }

  /** Short enough to be copied by hand into a lab file. */
  private static long newSeed() {
    return ThreadLocalRandom.current().nextInt(1, 1_000_000);
  }

  /**
   * Java keeps the answers of name look-ups for the whole JVM; each host has names of its own. The
   * JVM reads this at its first look-up: the agent and the launcher set it before any. A value that
   * somebody chose stays.
   */
  private static void forgetNames() {
    for (String cache : List.of("networkaddress.cache.ttl", "networkaddress.cache.negative.ttl")) {
      if (Security.getProperty(cache) == null || cache.endsWith("negative.ttl")) {
        Security.setProperty(cache, "0");
      }
    }
  }

  /** Before anything is made: what cannot be had ends it here. */
  static void fetchPackages(LabDescription description, LabSettings settings) throws IOException {
    for (HostDescription host : description.everyone().toList()) {
      var _ = PackageLayer.of(host.fileSystem().packages(), settings.packages());
    }
  }
}
