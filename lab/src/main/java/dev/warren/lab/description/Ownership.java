package dev.warren.lab.description;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose a file or directory is: names of the host's accounts, or ids.
 *
 * @param owner a user; without one what it was before, mostly root
 * @param group a group; without one the owner's primary group
 */
public record Ownership(Optional<String> owner, Optional<String> group) {

  /** Nothing is said: what Warren makes is root's. */
  public static final Ownership UNSAID = new Ownership(Optional.empty(), Optional.empty());

  /** Nine digits fit an int. */
  private static final Pattern ID = Pattern.compile("[0-9]{1,9}");

  /** Checks both. */
  public Ownership {
    owner.ifPresent(Ownership::check);
    group.ifPresent(Ownership::check);
  }

  /** A user's and its primary group's. */
  public static Ownership of(String owner) {
    return new Ownership(Optional.of(owner), Optional.empty());
  }

  /** Whether this is a number. */
  public static boolean isId(String nameOrId) {
    return ID.matcher(nameOrId).matches();
  }

  private static void check(String nameOrId) {
    if (!isId(nameOrId)) {
      Checks.accountName(nameOrId);
    }
  }
}
