package dev.warren.lab.description;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is on a host.
 *
 * @param users users besides the machine's
 * @param groups groups besides the machine's
 * @param nsswitch lines of nsswitch.conf(5) that differ: database to sources
 */
public record HostAccounts(
    List<UserDescription> users, List<GroupDescription> groups, Map<String, String> nsswitch) {

  /** No additions: the machine's accounts. */
  public static final HostAccounts NONE = new HostAccounts(List.of(), List.of(), Map.of());

  /** Copies the lists and checks every value. */
  public HostAccounts {
    users = List.copyOf(users);
    groups = List.copyOf(groups);
    nsswitch = Collections.unmodifiableMap(new LinkedHashMap<>(nsswitch));
    nsswitch.keySet().forEach(Checks::nsswitchDatabase);
    nsswitch.values().forEach(Checks::nsswitchSources);
  }
}
