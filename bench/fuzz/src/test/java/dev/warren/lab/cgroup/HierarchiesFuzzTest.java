package dev.warren.lab.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** /proc/self/cgroup and mountinfo, damaged: a folder that is mounted, or none. */
class HierarchiesFuzzTest {
  private static final List<String> SPICE =
      List.of(
          " ", ":", "/", "-", " - ", "..", "/..", "\n", "\\040", "\\012", "cgroup", "cgroup2", ",",
          "memory", "0::/", "\0", "//");
  private static final List<String> MOUNTS =
      List.of(
          """
          35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
          32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
          41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
          """,
          "30 23 0:26 /docker/ab /sys/fs/cgroup rw - cgroup2 cgroup rw\n",
          "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 0:26 / /mnt/a\\040b rw - cgroup2 x rw\n");
  private static final List<String> CGROUPS =
      List.of(
          "4:memory:/job/7\n3:cpu,cpuacct:/\n0::/\n",
          "0::/user.slice/user-1000.slice/user@1000.service/app.slice/run-u7.scope\n",
          "0::/docker/ab/init\n");

  @Test
  void controlGroups() throws Exception {
    Fuzz.check(
        "/proc/self/cgroup, mountinfo",
        100,
        random ->
            List.of(
                Damage.texts(SPICE, CGROUPS).apply(random),
                Damage.texts(SPICE, MOUNTS).apply(random)),
        texts -> {
          Hierarchies found = Hierarchies.parse(texts.getFirst(), texts.getLast());
          for (Hierarchies.Place place : found.places().values()) {
            assertThat(place.own().normalize()).startsWithRaw(place.top());
            assertThat(place.top()).isAbsolute();
            assertThat(place.top().toString()).as("unescaped").doesNotContain("\\040");
            assertThat(place.own().toString().split("/")).doesNotContain("..");
          }
          return found.places().isEmpty() ? Outcome.REJECTED : Outcome.ACCEPTED;
        });
  }
}
