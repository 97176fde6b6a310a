package dev.warren.lab;

import dev.warren.lab.description.Isolation;
import dev.warren.linux.idmap.IdMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a lab's hosts lack because the place where it runs refuses it, as containers do.
 *
 * @param outerProc the hosts' /proc is that of this process: it shows the processes of all
 * @param outerSys the hosts' /sys is that of this process, with its interfaces
 * @param sealedSysctls settings of the network under /proc/sys are read-only
 * @param ids how many user ids there are
 */
public record Shortcomings(boolean outerProc, boolean outerSys, boolean sealedSysctls, long ids) {
  private static final long ALL_IDS = 1L << 32;

  private static final Path OWN_PROCESS = Path.of("/proc/self/stat");
  private static final Path FORWARDING = Path.of("/proc/sys/net/ipv6/conf/all/forwarding");

  /** Those of a lab that runs; under cwrap none but what cwrap is. */
  public static Shortcomings of(Lab lab) throws IOException {
    if (lab.isolation() == Isolation.CWRAP) {
      return new Shortcomings(false, false, false, ALL_IDS);
    }
    List<Path> bridges =
        lab.root().description().interfaces().stream()
            .map(one -> Path.of("/sys/class/net", one.network()))
            .toList();
    long ids = IdMap.ofUsers().size();
    return lab.root()
        .<Shortcomings, IOException>call(
            () ->
                new Shortcomings(
                    // A thread of this process is none of a host's, so it sees itself nowhere else.
                    Files.exists(OWN_PROCESS),
                    !bridges.stream().allMatch(Files::exists),
                    !Files.isWritable(FORWARDING),
                    ids));
  }

  /** What there is to say of them, in a line; empty when there are none. */
  public Optional<String> line() {
    List<String> parts = new ArrayList<>();
    if (outerProc && outerSys) {
      parts.add("they see this container's /proc and /sys");
    } else if (outerProc) {
      parts.add("they see this container's /proc");
    } else if (outerSys) {
      parts.add("they see this container's /sys");
    }
    if (sealedSysctls) {
      parts.add("routers pass on IPv4 only");
    }
    if (ids == 1) {
      parts.add("they have one user id");
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Hosts have less here: %s; `warren doctor` says why and what helps."
                .formatted(String.join(", ", parts)));
  }
}
