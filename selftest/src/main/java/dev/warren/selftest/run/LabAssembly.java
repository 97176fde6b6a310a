package dev.warren.selftest.run;

import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.Resolver;
import dev.warren.selftest.backup.DomainBackup;
import dev.warren.selftest.plan.TestenvChoice;
import dev.warren.selftest.testenv.Catalogue;
import dev.warren.selftest.testenv.HostDefinition;
import dev.warren.selftest.testenv.Predefined;
import dev.warren.selftest.testenv.ResolverChoice;
import dev.warren.selftest.testenv.Scope;
import dev.warren.selftest.testenv.Template;
import dev.warren.selftest.testenv.TestenvDefinition;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/**
 * The lab that some testenvs of a catalogue make, and the values that follow from it.
 *
 * @param catalogue where they come from
 * @param testenvs all that are in the lab, each after those that it needs
 * @param ids how many uids the lab's processes have
 * @param backup of which those testenvs are made that say so; without one its values are unknown
 * @param paths where hosts find what is the lab's
 */
record LabAssembly(
    Catalogue catalogue,
    List<TestenvDefinition> testenvs,
    long ids,
    Optional<DomainBackup> backup,
    LabPaths paths) {

  /** The lab's description. */
  LabDescription describe(String labName) {
    LabBuilder lab = LabDescription.builder(labName).network(catalogue.network());
    lab.root(client());
    for (TestenvDefinition testenv : testenvs) {
      lab.host(host(testenv.host(), List.of()));
    }
    return lab.build();
  }

  /** The testenvs, each with those that it needs directly. */
  Map<String, List<String>> needs() {
    Map<String, List<String>> needs = new LinkedHashMap<>();
    testenvs.forEach(testenv -> needs.put(testenv.name(), testenv.needNames()));
    return needs;
  }

  /** The packages that the lab's hosts use. */
  SortedSet<String> packages() {
    return catalogue.packages(testenvs);
  }

  /** Whose suites the lab is for: of its testenvs that which no other needs. */
  String name() {
    return testenvs.isEmpty() ? TestenvChoice.NONE : testenvs.getLast().name();
  }

  /** The variables that Warren gives a testenv. */
  Map<String, String> predefined(TestenvDefinition testenv) {
    HostDefinition host = testenv.host();
    Map<String, String> values = new LinkedHashMap<>(clientValues());
    values.put(Predefined.ENVDIR, paths.envdir(testenv.name()).toString());
    values.put(Predefined.TESTENV, testenv.name());
    values.put(Predefined.HOST_NAME, host.name());
    values.put(Predefined.HOST_FQDN, host.description().fqdn());
    values.put(Predefined.HOST_IP, ipv4(host.interfaceNumber()));
    values.put(Predefined.HOST_IPV6, ipv6(host.interfaceNumber()));
    values.put(Predefined.INTERFACE, String.valueOf(host.interfaceNumber()));
    if (testenv.fromBackup()) {
      values.put(Predefined.BACKUP_FILE, paths.backup().toString());
      values.put(Predefined.BACKUP_DOMAIN, ofBackup(DomainBackup::domain));
      values.put(Predefined.BACKUP_REALM, ofBackup(DomainBackup::realm));
      values.put(Predefined.BACKUP_DNSNAME, ofBackup(DomainBackup::dnsName));
      values.put(Predefined.BACKUP_BASEDN, ofBackup(DomainBackup::baseDn));
    }
    return values;
  }

  private String ofBackup(Function<DomainBackup, String> part) {
    return backup.map(part).orElse(ExpectedExports.UNKNOWN);
  }

  /** The variables that the catalogue gives suites by itself. */
  CommonVariables suiteEnvironment() {
    return new CommonVariables(expanded(catalogue.environment()), expanded(catalogue.none()));
  }

  private Map<String, String> expanded(Map<String, Template> templates) {
    Scope scope = new Scope(clientValues(), Map.of(), Map.of());
    Map<String, String> variables = new LinkedHashMap<>();
    templates.forEach((name, value) -> variables.put(name, scope.expand(value)));
    return variables;
  }

  /** The address at which a testenv's host is asked for DNS: IPv4 where there is one. */
  InetAddress address(TestenvDefinition testenv) {
    return catalogue.network().addresses(testenv.host().interfaceNumber()).getFirst();
  }

  /** The testenv whose host answers for the lab's DNS, when there is one. */
  Optional<TestenvDefinition> dnsHub() {
    return testenvs.stream().filter(TestenvDefinition::isDnsHub).findFirst();
  }

  private Map<String, String> clientValues() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(Predefined.PREFIX, paths.prefix().toString());
    values.put(Predefined.CATALOGUE, paths.catalogue().toString());
    values.put(Predefined.WARREN_IDS, String.valueOf(ids));
    values.put(Predefined.CLIENT_IP, ipv4(catalogue.client().host().interfaceNumber()));
    catalogue
        .buildTree()
        .ifPresent(tree -> values.put(Predefined.BUILD_TREE, tree.folder().toString()));
    return values;
  }

  /** Those of the client's files that are no part of its description: the machine has them. */
  List<FileDescription> machineFiles() {
    return paths.areMachine()
        ? clientFiles().stream().filter(file -> file.path().startsWith(paths.prefix())).toList()
        : List.of();
  }

  private HostDescription client() {
    List<FileDescription> files = new ArrayList<>(clientFiles());
    files.removeAll(machineFiles());
    return host(catalogue.client().host(), files);
  }

  private List<FileDescription> clientFiles() {
    Scope scope = new Scope(clientValues(), Map.of(), Map.of());
    return catalogue.client().files().stream()
        .map(
            file ->
                new FileDescription(
                    Path.of(scope.expand(file.path())), file.mode(), scope.expand(file.text())))
        .toList();
  }

  private HostDescription host(HostDefinition host, List<FileDescription> files) {
    HostDescription written = host.description();
    HostBuilder builder = HostDescription.named(written.name());
    written.naming().domain().ifPresent(builder::domain);
    written.naming().aliases().forEach(builder::alias);
    written.interfaces().forEach(builder::on);
    written.naming().search().forEach(builder::search);
    written.fileSystem().privateDirectories().forEach(builder::privateDirectory);
    written.accounts().users().forEach(builder::user);
    written.accounts().groups().forEach(builder::group);
    written.accounts().nsswitch().forEach(builder::nsswitch);
    files.forEach(builder::file);
    return builder.servesDns(written.naming().servesDns()).resolver(resolver(host)).build();
  }

  private Resolver resolver(HostDefinition host) {
    return switch (host.resolver()) {
      case ResolverChoice.Lab() -> Resolver.lab();
      case ResolverChoice.Self() -> resolver(host.interfaceNumber());
      case ResolverChoice.Address(InetAddress address) -> Resolver.addresses(List.of(address));
      case ResolverChoice.Testenv named ->
          testenvs.stream()
              .filter(testenv -> testenv.name().equals(named.name()))
              .findFirst()
              .map(testenv -> resolver(testenv.host().interfaceNumber()))
              .orElse(Resolver.lab());
    };
  }

  private Resolver resolver(int interfaceNumber) {
    return Resolver.addresses(List.of(catalogue.network().addresses(interfaceNumber).getFirst()));
  }

  private String ipv4(int interfaceNumber) {
    return catalogue.network().addresses(interfaceNumber).stream()
        .filter(Inet4Address.class::isInstance)
        .map(InetAddress::getHostAddress)
        .findFirst()
        .orElse("");
  }

  private String ipv6(int interfaceNumber) {
    return catalogue.network().addresses(interfaceNumber).stream()
        .filter(Inet6Address.class::isInstance)
        .map(LabAssembly::longForm)
        .findFirst()
        .orElse("");
  }

  /** Eight groups of four digits: suites compare addresses as text. */
  private static String longForm(InetAddress address) {
    byte[] bytes = address.getAddress();
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += 2) {
      groups.add("%02x%02x".formatted(bytes[i], bytes[i + 1]));
    }
    return String.join(":", groups);
  }
}
