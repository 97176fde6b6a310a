package dev.warren.selftest.testenv;

import java.util.Set;

/** The variables that Warren itself gives. */
public final class Predefined {
  /** Where all testenvs keep their state, as hosts see it. */
  public static final String PREFIX = "PREFIX";

  /** Where this testenv keeps its state. */
  public static final String ENVDIR = "ENVDIR";

  /** The catalogue's folder, as hosts see it. */
  public static final String CATALOGUE = "CATALOGUE";

  /** The testenv's name. */
  public static final String TESTENV = "TESTENV";

  /** How many uids there are in the hosts. */
  public static final String WARREN_IDS = "WARREN_IDS";

  public static final String HOST_NAME = "HOST_NAME";
  public static final String HOST_FQDN = "HOST_FQDN";
  public static final String HOST_IP = "HOST_IP";

  /** The IPv6 address with all its digits, as Samba's suites compare it as text. */
  public static final String HOST_IPV6 = "HOST_IPV6";

  /** The number of the host's interface. */
  public static final String INTERFACE = "INTERFACE";

  /** The client's main IPv4 address. */
  public static final String CLIENT_IP = "CLIENT_IP";

  /** The backup of which the testenv is made, as hosts see it. */
  public static final String BACKUP_FILE = "BACKUP_FILE";

  /** The NetBIOS name of the domain in it. */
  public static final String BACKUP_DOMAIN = "BACKUP_DOMAIN";

  /** Its realm, in capital letters. */
  public static final String BACKUP_REALM = "BACKUP_REALM";

  /** Its name in DNS. */
  public static final String BACKUP_DNSNAME = "BACKUP_DNSNAME";

  /** The distinguished name of its root. */
  public static final String BACKUP_BASEDN = "BACKUP_BASEDN";

  /** The folder of the build tree whose programs hosts use. */
  public static final String BUILD_TREE = "BUILD_TREE";

  /** What templates of a testenv may use besides that is made from a backup. */
  static final Set<String> IN_BACKUPS =
      Set.of(BACKUP_FILE, BACKUP_DOMAIN, BACKUP_REALM, BACKUP_DNSNAME, BACKUP_BASEDN);

  /** What templates of a testenv may use without defining it. */
  static final Set<String> IN_TESTENVS =
      Set.of(
          PREFIX,
          ENVDIR,
          CATALOGUE,
          TESTENV,
          WARREN_IDS,
          HOST_NAME,
          HOST_FQDN,
          HOST_IP,
          HOST_IPV6,
          INTERFACE,
          CLIENT_IP);

  /** What the client's files and the suites' environment may use. */
  static final Set<String> IN_CLIENT = Set.of(PREFIX, CATALOGUE, WARREN_IDS, CLIENT_IP);

  private Predefined() {}
}
