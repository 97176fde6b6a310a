package dev.warren.lab.host;

import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.IdRange;
import dev.warren.linux.idmap.IdMap;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.process.FileOwner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The ids of a host: inside as its processes see them, outside as the lab does.
 *
 * @param own whether they are those of a user namespace of its own; else it has the lab's
 * @param initial whether the lab's are those of the machine itself
 */
public record HostIds(IdMap users, IdMap groups, boolean own, boolean initial) {

  /** The ids of a host without a user namespace of its own. */
  public static HostIds ofLab() throws IOException {
    IdMap users = IdMap.ofUsers();
    return new HostIds(users.same(), IdMap.ofGroups().same(), false, users.isInitial());
  }

  /**
   * The ids of a host.
   *
   * @throws IOException when the lab has not all that are asked for
   */
  public static HostIds of(HostIsolation isolation) throws IOException {
    if (!isolation.user()) {
      return ofLab();
    }
    IdMap users = IdMap.ofUsers();
    IdMap groups = IdMap.ofGroups();
    if (isolation.ids().isPresent()) {
      IdRange wanted = isolation.ids().get();
      return new HostIds(
          part("uids", users, wanted), part("gids", groups, wanted), true, users.isInitial());
    }
    if (users.isInitial()) {
      // The machine's root must be nobody in there.
      return new HostIds(RootIds.users(), RootIds.groups(), true, true);
    }
    return new HostIds(users.same(), groups.same(), true, false);
  }

  /** Cut where the lab's own map has a seam, for the kernel takes no line across one. */
  static IdMap part(String kind, IdMap lab, IdRange wanted) throws IOException {
    if (lab.isInitial() && wanted.first() == 0) {
      throw new IOException(
          "the ids %s have the machine's root among them: a host's begin above 0 in a lab of root"
              .formatted(wanted));
    }
    List<IdMap.Range> ranges = new ArrayList<>();
    long found = 0;
    for (IdMap.Range range : lab.ranges()) {
      long first = Math.max(range.inside(), wanted.first());
      long last = Math.min(range.inside() + range.count() - 1, wanted.last());
      if (first <= last) {
        ranges.add(new IdMap.Range(first - wanted.first(), first, last - first + 1));
        found += last - first + 1;
      }
    }
    if (found < wanted.count()) {
      throw new IOException(
          ("this lab does not have the %s %s, only %d ids from 0 on: a range of 65536 in"
                  + " /etc/subuid and /etc/subgid gives 0 to 65535 (`warren doctor`)")
              .formatted(kind, wanted, lab.size()));
    }
    return new IdMap(ranges);
  }

  /** What a uid of the host is in the lab; empty when it has no such uid. */
  OptionalInt uid(long id) {
    return asInt(users.outside(id));
  }

  /** What a gid of the host is in the lab; empty when it has no such gid. */
  OptionalInt gid(long id) {
    return asInt(groups.outside(id));
  }

  /** Java's file attributes and the kernel's calls take the 32 bits, whatever their sign. */
  private static OptionalInt asInt(OptionalLong id) {
    return id.isPresent() ? OptionalInt.of((int) id.getAsLong()) : OptionalInt.empty();
  }

  /** Whether the host's root is another one than the lab's. */
  public boolean isShifted() {
    return users.outside(0).orElse(0) != 0 || groups.outside(0).orElse(0) != 0;
  }

  /** Whether the machine's files have their very owners in this host. */
  boolean areMachines() {
    return !own && initial;
  }

  /** Gives what the calling thread makes from now on to the host's root. */
  void assume(Kernel kernel) throws KernelException {
    if (isShifted()) {
      FileOwner.assume(kernel, uid(0).orElseThrow(), gid(0).orElseThrow());
    }
  }

  /** Why an id is missing, and what helps. */
  String remedy() {
    return own
        ? "its user namespace has only %d ids: see `isolation` in the lab file"
            .formatted(users.size())
        : "only %d ids: a range of 65536 in /etc/subuid and /etc/subgid gives 0 to 65535 (`warren doctor`)"
            .formatted(users.size());
  }
}
