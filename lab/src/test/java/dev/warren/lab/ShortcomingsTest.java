package dev.warren.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.linux.idmap.IdMap;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a lab in a place that refuses some things. */
class ShortcomingsTest {
  private static final long ENOUGH = 65_536;

  @TempDir private Path state;

  @Test
  void aContainersAreSaidInOneLine() {
    assertThat(new Shortcomings(true, true, true, 1).line())
        .hasValue(
            "Hosts have less here: they see this container's /proc and /sys, routers pass on IPv4"
                + " only, they have one user id; `warren doctor` says why and what helps.");
  }

  @Test
  void nothingIsSaidWhereNothingIsMissing() {
    assertThat(new Shortcomings(false, false, false, ENOUGH).line()).isEmpty();
  }

  @Test
  void eachIsSaidByItself() {
    assertThat(new Shortcomings(false, true, false, ENOUGH).line())
        .hasValueSatisfying(line -> assertThat(line).contains("this container's /sys;"));
    assertThat(new Shortcomings(true, false, false, ENOUGH).line())
        .hasValueSatisfying(line -> assertThat(line).contains("this container's /proc;"));
  }

  @Test
  void aLabOnAMachineHasNoneButItsIds() throws Exception {
    assumeTrue(Files.isWritable(Path.of("/proc/sys/net/ipv6/conf/all/forwarding")), "a container");
    try (Lab lab = Lab.start(LabFixture.TWO_HOSTS, LabSettings.in(state))) {
      assertThat(Shortcomings.of(lab))
          .isEqualTo(new Shortcomings(false, false, false, IdMap.ofUsers().size()));
    }
  }
}
