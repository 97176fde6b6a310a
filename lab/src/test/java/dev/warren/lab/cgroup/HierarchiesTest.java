package dev.warren.lab.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.cgroup.Hierarchies.Place;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HierarchiesTest {
  private static final String V1_MOUNTS =
      """
      35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
      32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
      41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
      """;

  @Test
  void findsTheTreesOfVersion1ByTheirControllers() {
    Hierarchies found = Hierarchies.parse("4:memory:/job/7\n3:cpu,cpuacct:/\n0::/\n", V1_MOUNTS);

    assertThat(found.of(Controller.MEMORY)).contains(place("memory", "memory/job/7", false));
    assertThat(found.of(Controller.CPU)).contains(place("cpu,cpuacct", "cpu,cpuacct", false));
  }

  @Test
  void whatVersion1DoesNotHaveVersion2Has() {
    Hierarchies found = Hierarchies.parse("4:memory:/\n0::/user.slice\n", V1_MOUNTS);

    assertThat(found.of(Controller.PIDS)).contains(place("unified", "unified/user.slice", true));
  }

  @Test
  void findsTheOnlyTreeOfVersion2() {
    Hierarchies found =
        Hierarchies.parse(
            "0::/user.slice/user-1000.slice/user@1000.service/app.slice/run-u7.scope\n",
            "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");

    assertThat(found.of(Controller.CPU))
        .contains(
            place("", "user.slice/user-1000.slice/user@1000.service/app.slice/run-u7.scope", true))
        .isEqualTo(found.of(Controller.PIDS));
  }

  @Test
  void aContainerSeesItsPartOfTheTreeAsTheWhole() {
    Hierarchies found =
        Hierarchies.parse(
            "0::/docker/ab/init\n",
            "30 23 0:26 /docker/ab /sys/fs/cgroup rw - cgroup2 cgroup rw\n");

    assertThat(found.of(Controller.CPU)).contains(place("", "init", true));
  }

  @Test
  void aCgroupOutsideOfWhatIsMountedCannotBeReached() {
    String mount = "30 23 0:26 /docker/ab /sys/fs/cgroup ro - cgroup2 cgroup rw\n";

    assertThat(Hierarchies.parse("0::/docker/cd\n", mount).of(Controller.CPU)).isEmpty();
    assertThat(Hierarchies.parse("0::/../cd\n", mount).of(Controller.CPU)).isEmpty();
  }

  @Test
  void aFolderWithABlankIsFound() {
    String mount = "30 23 0:26 / /sys/fs/cgroup/a\\040b rw - cgroup2 cgroup rw\n";

    assertThat(Hierarchies.parse("0::/x y\n", mount).of(Controller.CPU))
        .contains(place("a b", "a b/x y", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "30 23 - cgroup2 cgroup rw\n",
        "30 23 0:26 / sys/fs/cgroup rw - cgroup2 cgroup rw\n",
        "30 23 0:26 / /sys/../cgroup rw - cgroup2 cgroup rw\n",
        "30 23 0:26 / /sys/\0/cgroup rw - cgroup2 cgroup rw\n",
      })
  void aMountThatIsNoneIsLeftOut(String mount) {
    assertThat(Hierarchies.parse("0::/\n", mount).places()).isEmpty();
  }

  private static Place place(String top, String own, boolean unified) {
    Path folder = Path.of("/sys/fs/cgroup");
    return new Place(folder.resolve(top), folder.resolve(own), unified);
  }
}
