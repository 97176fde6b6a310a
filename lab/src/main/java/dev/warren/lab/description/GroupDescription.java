package dev.warren.lab.description;

import java.util.List;

/**
 * A group that a host has besides the machine's: a line of its group(5).
 *
 * @param name the group's name
 * @param gid the group id, in the lab's user namespace
 * @param members login names
 */
public record GroupDescription(String name, int gid, List<String> members) {

  /** Checks that it makes one good line of group(5). */
  public GroupDescription {
    Checks.accountName(name);
    Checks.id(gid);
    members = List.copyOf(members);
    members.forEach(Checks::accountName);
  }
}
