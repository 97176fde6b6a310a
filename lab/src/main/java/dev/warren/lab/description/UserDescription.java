package dev.warren.lab.description;

/**
 * A user that a host has besides the machine's: a line of its passwd(5).
 *
 * @param name the login name
 * @param uid the user id, in the lab's user namespace
 * @param gid the id of the primary group
 * @param gecos the full name
 * @param home the home directory
 * @param shell the login shell
 */
public record UserDescription(
    String name, int uid, int gid, String gecos, String home, String shell) {

  /** Checks that it makes one good line of passwd(5). */
  public UserDescription {
    Checks.accountName(name);
    Checks.id(uid);
    Checks.id(gid);
    Checks.field("full name", gecos);
    Checks.field("home directory", home);
    Checks.field("shell", shell);
  }
}
