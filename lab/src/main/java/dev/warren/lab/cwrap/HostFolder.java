package dev.warren.lab.cwrap;

import dev.warren.lab.description.CwrapCheck;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.IpAddresses;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.host.EtcFiles;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What makes a process one of a host, as files:
 *
 * <pre>
 *   enter          shell commands that set the variables of the libraries
 *   users/NAME     those that make it a user's, to be read after
 *   refused        programs that cwrap cannot pretend anything, and why
 *   passwd group   the host's accounts (nss_wrapper)
 *   hosts names    all names of the lab (nss_wrapper, resolv_wrapper)
 *   logs/          of its services, by the paths that they have in namespaces
 *   root/ tmp/     its root's home, and where its temporary files go
 *   pcap           what it sent and received, where the lab captures
 * </pre>
 *
 * @param path the folder, absolute
 */
public record HostFolder(Path path) {
  /** The shell commands that a process reads first. */
  Path enter() {
    return path.resolve("enter");
  }

  /** The shell commands that it reads then, to be a user. */
  Path user(String name) {
    return path.resolve("users").resolve(name);
  }

  Path pcap() {
    return path.resolve("pcap");
  }

  /** Where a log lies that the description puts elsewhere. */
  Path log(Path file) {
    return path.resolve("logs").resolve(Path.of("/").relativize(file));
  }

  /** What the variable of {@link MarkedProcesses} begins with in all processes of the host. */
  String mark() {
    return path + "#";
  }

  /**
   * Makes it.
   *
   * @param sockets the folder of the lab's sockets
   * @param captures whether what it sends and receives is written down
   */
  void make(
      LabDescription lab,
      HostDescription host,
      CwrapLibraries libraries,
      Path sockets,
      boolean captures)
      throws IOException {
    for (String folder : List.of("users", "logs", "root", "tmp")) {
      Files.createDirectories(path.resolve(folder));
    }
    Map<String, String> etc = EtcFiles.of(host, lab.addresses(host), Path.of("/etc"));
    String passwd = Objects.requireNonNull(etc.get("passwd"), "EtcFiles makes it");
    String group = Objects.requireNonNull(etc.get("group"), "EtcFiles makes it");
    write("passwd", passwd);
    write("group", group);
    write("hosts", hosts(lab, host));
    write("names", names(lab));
    write("refused", Programs.refused());
    write("enter", enter(host, libraries, sockets, captures));
    for (String line : passwd.lines().toList()) {
      Optional<WrappedUser> user = WrappedUser.parse(line, group);
      if (user.isPresent()) {
        write("users/" + user.get().name(), user.get().commands());
      }
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(path.resolve(name), text, StandardCharsets.ISO_8859_1);
  }

  /**
   * The host's own first. socket_wrapper has no loopback beside the lab's network, so that
   * localhost is the host's own address.
   */
  private static String hosts(LabDescription lab, HostDescription host) {
    List<String> lines = new ArrayList<>();
    lines(lab, host, lines);
    lab.addresses(host).stream()
        .map(address -> IpAddresses.text(address) + " localhost")
        .forEach(lines::add);
    lab.everyone().filter(other -> !other.equals(host)).forEach(other -> lines(lab, other, lines));
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static void lines(LabDescription lab, HostDescription host, List<String> lines) {
    String names = String.join(" ", host.names());
    lab.addresses(host).forEach(address -> lines.add(IpAddresses.text(address) + " " + names));
  }

  private static String names(LabDescription lab) {
    StringBuilder text = new StringBuilder();
    lab.everyone()
        .forEach(
            host -> {
              for (InetAddress address : lab.addresses(host)) {
                String type = address instanceof Inet4Address ? "A" : "AAAA";
                for (String name : host.names()) {
                  text.append("%s %s %s\n".formatted(type, name, IpAddresses.text(address)));
                }
              }
            });
    return text.toString();
  }

  /**
   * Java's sockets are IPv6 ones that take IPv4 addresses too, which socket_wrapper's are not,
   * unless it is told.
   */
  private String enter(
      HostDescription host, CwrapLibraries libraries, Path sockets, boolean captures) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("SOCKET_WRAPPER_DIR", sockets.toString());
    variables.put("SOCKET_WRAPPER_DEFAULT_IFACE", CwrapCheck.number(host).orElseThrow().toString());
    variables.put("SOCKET_WRAPPER_IPV4_NETWORK", "10.53.57.0");
    if (captures) {
      variables.put("SOCKET_WRAPPER_PCAP_FILE", pcap().toString());
    }
    variables.put("NSS_WRAPPER_PASSWD", path.resolve("passwd").toString());
    variables.put("NSS_WRAPPER_GROUP", path.resolve("group").toString());
    variables.put("NSS_WRAPPER_HOSTS", path.resolve("hosts").toString());
    variables.put("NSS_WRAPPER_HOSTNAME", host.name());
    variables.put("RESOLV_WRAPPER_HOSTS", path.resolve("names").toString());
    // The most, socket_wrapper(1): a stream takes no more at a time.
    variables.put("SOCKET_WRAPPER_MTU", "32768");
    // The C library's resolver is none of nss_wrapper's: names that the lab has not are unknown,
    // and
    // nobody outside is asked (resolv.conf(5)).
    variables.put("RES_OPTIONS", "attempts:0");
    variables.put("UID_WRAPPER", "1");
    variables.put("UID_WRAPPER_ROOT", "1");
    variables.put("LD_PRELOAD", libraries.preload());
    String home = path.resolve("root").toString();
    return """
        case ${HOME-/root} in /root) HOME=%s; export HOME ;; esac
        : "${TMPDIR:=%s}" "${%s:=%s0}" "${JAVA_TOOL_OPTIONS:=-Djava.net.preferIPv4Stack=true}"
        export TMPDIR JAVA_TOOL_OPTIONS %s
        """
            .formatted(
                ShellText.quoted(home),
                path.resolve("tmp"),
                MarkedProcesses.VARIABLE,
                mark(),
                MarkedProcesses.VARIABLE)
        + ShellText.exports(variables);
  }
}
