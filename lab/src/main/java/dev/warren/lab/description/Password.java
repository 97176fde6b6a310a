package dev.warren.lab.description;

import java.util.regex.Pattern;

/**
 * A user's password.
 *
 * @param text the password itself, or its hash
 * @param isHash whether it is a hash as shadow(5) has it
 */
public record Password(String text, boolean isHash) {

  /** The form of crypt(5): an id, parameters and salt, the hash. */
  private static final Pattern HASH = Pattern.compile("\\$[a-z0-9]+\\$[!-9;-~]+");

  /** Checks that it makes one good field of shadow(5). */
  public Password {
    if (isHash) {
      Checks.check(
          HASH.matcher(text).matches(),
          "this is no password hash: $ID$SALT$HASH is expected, as `openssl passwd -6` prints it");
    } else {
      Checks.check(
          !text.isEmpty() && text.chars().noneMatch(c -> c < ' '),
          "a password is not empty, and has no control characters");
    }
  }

  /** One that the host's shadow file has the hash of. */
  public static Password plain(String text) {
    return new Password(text, false);
  }

  /** One that only whoever made the hash knows. */
  public static Password hash(String text) {
    return new Password(text, true);
  }

  /** Not what it is. */
  @Override
  public String toString() {
    return isHash ? "Password[hash]" : "Password[plain]";
  }
}
