package dev.warren.lab.description;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rules for single values. Each method returns the value or throws IllegalArgumentException.
 */
final class Checks {

  /** RFC 1123, 2.1: letters, digits and hyphens, no hyphen first or last; RFC 1035, 2.3.4: 63. */
  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  /** A label, and what RFC 2181, 11 lets into DNS: NetBIOS names have underscores. */
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?");

  /** What inet_aton(3), and with it every resolver, takes for an IPv4 address in one part. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");

  /** RFC 1035, 2.3.4: 255 octets on the wire, which are 253 characters of text. */
  private static final int MAX_NAME = 253;

  private static final Pattern LAB = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

  /** Narrower than the kernel's dev_valid_name: 15 is IFNAMSIZ - 1, and a dot confuses sysctl. */
  private static final Pattern BRIDGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,14}");

  /** "all" and "default" are what sysctl calls no interface and each new one. */
  private static final Pattern TAKEN_BRIDGE = Pattern.compile("lo|all|default|veth[0-9]+(-br)?");

  private static final Pattern RESERVED_INTERFACE = Pattern.compile("lo|all|default");

  /** What useradd(8) of Debian's shadow accepts. */
  private static final Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_-]{0,30}[a-z0-9_$-]?");

  /**
   * Debian Policy, 5.6.1, less a hyphen at the end, by which apt would remove the package, and with
   * the architecture that apt knows.
   */
  private static final Pattern PACKAGE =
      Pattern.compile("[a-z0-9][a-z0-9+.-]*[a-z0-9+.](:[a-z0-9-]+)?");

  private static final Pattern DATABASE = Pattern.compile("[a-z][a-z0-9_]*");

  /** Directories without which nothing runs in a host; Warren mounts what else they need. */
  private static final Set<Path> NEEDED =
      Set.of(
          Path.of("/"),
          Path.of("/bin"),
          Path.of("/dev"),
          Path.of("/etc"),
          Path.of("/lib"),
          Path.of("/lib64"),
          Path.of("/run/warren"),
          Path.of("/sbin"),
          Path.of("/usr"));

  private static final List<Path> KERNEL = List.of(Path.of("/proc"), Path.of("/sys"));

  private Checks() {}

  static String hostName(String name) {
    check(
        HOST.matcher(name).matches(),
        "\"%s\" is no host name: letters, digits, - and _, at most 63, a letter or digit first and"
            + " last",
        name);
    check(!NUMBER.matcher(name).matches(), "\"%s\" would be taken for an address", name);
    check(!name.equalsIgnoreCase("localhost"), "\"%s\" is every host's name for itself", name);
    return name;
  }

  static String domainName(String name) {
    return labels(LABEL, name);
  }

  /** A host's name with its domain. */
  static String fullName(String name) {
    return labels(HOST, name);
  }

  private static String labels(Pattern firstOne, String name) {
    String[] labels = name.split("\\.", -1);
    boolean right = firstOne.matcher(labels[0]).matches();
    for (int i = 1; i < labels.length; i++) {
      right &= LABEL.matcher(labels[i]).matches();
    }
    check(
        right && name.length() <= MAX_NAME,
        "\"%s\" is no domain name: labels of letters, digits and hyphens with dots between,"
            + " at most 253 characters",
        name);
    return name;
  }

  /** An alias: a host name, or one with a domain. */
  static String alias(String name) {
    return name.indexOf('.') < 0 ? hostName(name) : fullName(name);
  }

  static String labName(String name) {
    check(
        LAB.matcher(name).matches(),
        "\"%s\" is no name for a lab: a letter or digit first, then letters, digits, - _ .,"
            + " at most 63",
        name);
    return name;
  }

  static String networkName(String name) {
    check(
        BRIDGE.matcher(name).matches(),
        "\"%s\" is no name for a network: it names a bridge, so letters, digits, - and _,"
            + " at most 15",
        name);
    check(!TAKEN_BRIDGE.matcher(name).matches(), "\"%s\" is the name of another interface", name);
    return name;
  }

  static String interfaceName(String name) {
    check(
        BRIDGE.matcher(name).matches(),
        "\"%s\" is no name for an interface: letters, digits, - and _, at most 15",
        name);
    check(!RESERVED_INTERFACE.matcher(name).matches(), "\"%s\" is taken in every host", name);
    return name;
  }

  static int mtu(int mtu) {
    check(mtu >= 68 && mtu <= 65535, "%d is no MTU: 68 to 65535 bytes", mtu);
    return mtu;
  }

  static String accountName(String name) {
    check(
        ACCOUNT.matcher(name).matches(),
        "\"%s\" is no user or group name: a small letter or _ first, then small letters, digits,"
            + " _ -, at most 32",
        name);
    return name;
  }

  static String serviceName(String name) {
    check(
        LAB.matcher(name).matches(),
        "\"%s\" is no name for a service: a letter or digit first, then letters, digits, - _ .,"
            + " at most 63",
        name);
    return name;
  }

  static String variable(String name) {
    check(
        !name.isEmpty() && name.chars().noneMatch(c -> c == '=' || c <= ' '),
        "\"%s\" is no name of a variable",
        name);
    return name;
  }

  static int id(int id) {
    check(id >= 0, "the id %d is negative", id);
    return id;
  }

  /** A field of passwd(5) or group(5), whose lines end at a newline and fields at a colon. */
  static String field(String what, String value) {
    check(
        value.chars().noneMatch(c -> c == ':' || c < ' '),
        "the %s \"%s\" holds a colon or a control character",
        what,
        value.replaceAll("\\p{Cntrl}", "?"));
    return value;
  }

  static String packageName(String name) {
    check(
        PACKAGE.matcher(name).matches(),
        "\"%s\" is no name of a Debian package: small letters, digits, + - .",
        name);
    return name;
  }

  static String nsswitchDatabase(String name) {
    check(DATABASE.matcher(name).matches(), "\"%s\" is no database of nsswitch.conf", name);
    return name;
  }

  static String nsswitchSources(String sources) {
    check(
        !sources.isBlank() && sources.chars().noneMatch(c -> c < ' '),
        "the sources of an nsswitch database are words in one line");
    return sources;
  }

  /** A path in a host: absolute, and without "." and "..", so that it means what it says. */
  static Path path(Path path) {
    check(path.isAbsolute(), "\"%s\" is not an absolute path", path);
    check(path.equals(path.normalize()), "\"%s\" has . or .. in it", path);
    return path;
  }

  static Path filePath(Path path) {
    path(path);
    check(path.getNameCount() > 0, "\"/\" is no path of a file");
    check(KERNEL.stream().noneMatch(path::startsWith), "\"%s\" is the kernel's", path);
    return path;
  }

  static Path privateDirectory(Path path) {
    path(path);
    check(!NEEDED.contains(path), "\"%s\" cannot be private: no host runs without it", path);
    check(KERNEL.stream().noneMatch(path::startsWith), "\"%s\" is the kernel's", path);
    return path;
  }

  static int mode(int mode) {
    check(mode >= 0 && mode <= 07777, "%o is no file mode: 0 to 7777", mode);
    return mode;
  }

  /** A name as DNS compares it: without regard to case (RFC 4343). */
  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
  static void check(boolean right, String message, Object... values) {
    if (!right) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }
}
