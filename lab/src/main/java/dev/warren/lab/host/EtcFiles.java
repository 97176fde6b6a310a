package dev.warren.lab.host;

import dev.warren.lab.description.HostAccounts;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.IpAddresses;
import dev.warren.lab.description.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files under /etc that make a host another machine than the one it runs on: what
 * resolv_wrapper and nss_wrapper only pretend.
 */
public final class EtcFiles {
  /** The lab's DNS service listens here in every host, as systemd-resolved's stub does. */
  public static final String LAB_RESOLVER = "127.0.0.53";

  /** What the machine's accounts are read in, and all files written: every byte is a character. */
  static final Charset CHARSET = StandardCharsets.ISO_8859_1;

  /** Each has its last version beside it, with a hyphen at the end of its name. */
  private static final List<String> ACCOUNT_DATABASES =
      List.of("passwd", "group", "shadow", "gshadow", "subuid", "subgid");

  private EtcFiles() {}

  /**
   * The files of a host by name, all of them.
   *
   * @param machineEtc the machine's /etc
   * @param addresses the host's own, in the order of its interfaces
   */
  public static Map<String, String> of(
      HostDescription host, List<InetAddress> addresses, Path machineEtc) throws IOException {
    Map<String, String> files = own(host, addresses);
    files.putAll(accounts(host.accounts(), machineEtc));
    return files;
  }

  /** The files that are another in every host, by name. */
  public static Map<String, String> own(HostDescription host, List<InetAddress> addresses) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("hostname", host.name() + "\n");
    files.put("hosts", hosts(host, addresses));
    files.put("resolv.conf", resolvConf(host));
    return files;
  }

  private static Map<String, String> accounts(HostAccounts additions, Path machineEtc)
      throws IOException {
    Accounts accounts = Accounts.of(machineEtc, additions.users(), additions.groups());
    Map<String, String> files = new LinkedHashMap<>();
    files.put("nsswitch.conf", nsswitch(additions.nsswitch()));
    files.put("krb5.conf", "[libdefaults]\n  dns_lookup_realm = false\n  dns_lookup_kdc = true\n");
    files.put("passwd", accounts.passwd());
    files.put("group", accounts.group());
    files.put("shadow", accounts.shadow());
    files.put("gshadow", accounts.gshadow());
    // What else useradd(8) and its kin write, and lckpwdf(3): the machine's own belong to an owner
    // whom the host may not know, so that its root could not change them.
    files.put("subuid", "");
    files.put("subgid", "");
    for (String database : ACCOUNT_DATABASES) {
      files.put(database + "-", "");
    }
    files.put(".pwd.lock", "");
    return files;
  }

  /**
   * Whether a host has what {@link #writeCommon} makes: it has the machine's accounts, and the ids
   * of the lab.
   */
  public static boolean hasCommon(HostDescription host) {
    return host.accounts().equals(HostAccounts.NONE)
        && !host.isolation().user()
        && host.fileSystem().rootFolder().isEmpty();
  }

  /**
   * Makes what most hosts of a lab have in common, to be laid under the files that are their own.
   *
   * @param folder where it goes
   * @param machineEtc the machine's /etc
   * @param ids of the lab
   */
  public static void writeCommon(Path folder, Path machineEtc, HostIds ids) throws IOException {
    write(accounts(HostAccounts.NONE, machineEtc), folder);
    giveShadow(folder, ids);
  }

  /** Writes files with their permissions into a folder, in the place of what is there. */
  static void write(Map<String, String> files, Path folder) throws IOException {
    for (var file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.write(path, file.getValue().getBytes(CHARSET));
      Files.setAttribute(path, "unix:mode", mode(file.getKey()));
    }
  }

  /** Lets the group that may know passwords read them, where there is one. */
  static void giveShadow(Path etc, HostIds ids) throws IOException {
    Optional<Integer> readers = Owners.findGroup(etc, "shadow");
    if (readers.isPresent() && ids.gid(readers.get()).isPresent()) {
      for (String secret : List.of("shadow", "gshadow")) {
        Files.setAttribute(etc.resolve(secret), "unix:gid", ids.gid(readers.get()).getAsInt());
      }
    }
  }

  /** What a file holds, whatever its encoding. */
  public static String read(Path file) throws IOException {
    return Files.readString(file, CHARSET);
  }

  /**
   * Writes files of /etc anew: by the thread of a host, in place, as somebody may have them open.
   */
  public static void replace(Map<String, String> files) throws IOException {
    for (var file : files.entrySet()) {
      Files.writeString(Path.of("/etc", file.getKey()), file.getValue(), CHARSET);
    }
  }

  /** The permissions of a file of {@link #of}. */
  private static int mode(String name) {
    return switch (name) {
      case "shadow", "gshadow" -> 0640;
      case ".pwd.lock", "shadow-", "gshadow-" -> 0600;
      default -> 0644;
    };
  }

  /** Only itself: the others are asked from DNS, as on a real machine. */
  private static String hosts(HostDescription host, List<InetAddress> addresses) {
    String names = String.join(" ", host.names());
    String own =
        addresses.stream()
            .map(address -> IpAddresses.text(address) + " " + names + "\n")
            .collect(Collectors.joining());
    return "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n" + own;
  }

  private static String resolvConf(HostDescription host) {
    StringBuilder text = new StringBuilder();
    if (!host.naming().search().isEmpty()) {
      text.append("search ").append(String.join(" ", host.naming().search())).append('\n');
    }
    switch (host.naming().resolver()) {
      case Resolver.Lab _ -> text.append("nameserver ").append(LAB_RESOLVER).append('\n');
      case Resolver.Addresses given ->
          given
              .servers()
              .forEach(
                  address ->
                      text.append("nameserver ").append(IpAddresses.text(address)).append('\n'));
    }
    return text.toString();
  }

  private static String nsswitch(Map<String, String> overrides) {
    Map<String, String> databases = new LinkedHashMap<>();
    databases.put("passwd", "files");
    databases.put("group", "files");
    databases.put("shadow", "files");
    databases.put("hosts", "files dns");
    databases.put("networks", "files");
    databases.put("protocols", "files");
    databases.put("services", "files");
    databases.putAll(overrides);
    return databases.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
        .collect(Collectors.joining());
  }
}
