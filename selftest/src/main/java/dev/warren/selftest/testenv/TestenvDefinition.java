package dev.warren.selftest.testenv;

import dev.warren.lab.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A testenv, as the catalogue has it, with what it extends merged in.
 *
 * @param name the file's name without its ending
 * @param aliases other names of the testenv, in plans and on command lines; no two testenvs share
 *     one
 * @param summary one line
 * @param fromBackup whether it is made from a backup of a domain that the user names
 * @param needs what is set up before it, in the same lab
 * @param packages the Debian packages that its host uses
 * @param requires parts of the software without which its suites are skipped
 * @param host its host
 * @param zones DNS zones that its host serves
 * @param variables what templates and scripts of this testenv see
 * @param files what is written before the first step
 * @param provision the steps before the services start
 * @param services what is kept running, in the order of start
 * @param finish the steps when all services are ready
 * @param exports the variables that suites see
 * @param position where it begins
 */
public record TestenvDefinition(
    String name,
    List<Alias> aliases,
    String summary,
    boolean fromBackup,
    List<Need> needs,
    List<String> packages,
    List<Requirement> requires,
    HostDefinition host,
    List<Template> zones,
    Map<String, Template> variables,
    List<FileTemplate> files,
    List<Step> provision,
    List<Service> services,
    List<Step> finish,
    Map<String, Export> exports,
    Position position) {
  /** Copies the lists; the maps are taken as they are, in their order. */
  public TestenvDefinition {
    aliases = List.copyOf(aliases);
    needs = List.copyOf(needs);
    packages = List.copyOf(packages);
    requires = List.copyOf(requires);
    zones = List.copyOf(zones);
    files = List.copyOf(files);
    provision = List.copyOf(provision);
    services = List.copyOf(services);
    finish = List.copyOf(finish);
  }

  /** The names of what it needs directly. */
  public List<String> needNames() {
    return needs.stream().map(Need::testenv).toList();
  }

  /** All its steps and probes. */
  public List<Step> steps() {
    List<Step> steps = new ArrayList<>(provision);
    for (Service service : services) {
      if (service instanceof Service.Daemon daemon) {
        steps.addAll(daemon.ready());
      }
    }
    steps.addAll(finish);
    return steps;
  }

  /** Its aliases, as text. */
  public List<String> aliasNames() {
    return aliases.stream().map(Alias::name).toList();
  }

  /** Whether its host serves the lab's DNS. */
  public boolean isDnsHub() {
    return services.stream().anyMatch(Service.DnsHub.class::isInstance);
  }
}
