package dev.warren.lab.description;

import java.util.Optional;

/**
 * A user that a host has besides the machine's: a line of its passwd(5).
 *
 * @param name the login name
 * @param uid the user id, in the lab's user namespace
 * @param gid the id of the primary group
 * @param gecos the full name
 * @param home the home directory
 * @param shell the login shell
 * @param password what it logs in with; without one it cannot, by password
 */
public record UserDescription(
    String name,
    int uid,
    int gid,
    String gecos,
    String home,
    String shell,
    Optional<Password> password) {

  /** Checks that it makes one good line of passwd(5). */
  public UserDescription {
    Checks.accountName(name);
    Checks.id(uid);
    Checks.id(gid);
    Checks.field("full name", gecos);
    Checks.field("home directory", home);
    Checks.field("shell", shell);
  }

  /** One without a password. */
  public UserDescription(String name, int uid, int gid, String gecos, String home, String shell) {
    this(name, uid, gid, gecos, home, shell, Optional.empty());
  }

  /** With a password. */
  public UserDescription withPassword(Password value) {
    return new UserDescription(name, uid, gid, gecos, home, shell, Optional.of(value));
  }
}
