package dev.warren.lab.description;

import java.util.List;
import java.util.Optional;

/**
 * What a host is called, and whom it asks for names.
 *
 * @param domain what makes its full name: {@code name.domain}
 * @param aliases further names in DNS and /etc/hosts, as they are, no domain added
 * @param resolver whom it asks for names
 * @param search the domains that are tried for short names
 * @param servesDns whether the lab's DNS service listens on this host's addresses, port 53
 */
public record HostNames(
    Optional<String> domain,
    List<String> aliases,
    Resolver resolver,
    List<String> search,
    boolean servesDns) {

  /** Copies the lists and checks every value. */
  public HostNames {
    aliases = List.copyOf(aliases);
    search = List.copyOf(search);
    aliases.forEach(Checks::alias);
    search.forEach(Checks::domainName);
  }
}
