package dev.warren.lab.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.HostLimits;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingTest {
  private static final HostLimits ALL =
      HostLimits.NONE.withMemory(256 << 20).withCpu(0.5).withProcesses(100);

  @Test
  void version2HasAFileForEachLimitAndNoSwapBesides() {
    assertThat(values(Setting.of(ALL, true)))
        .containsOnly(
            Map.entry("memory.max", "268435456"),
            Map.entry("memory.swap.max", "0"),
            Map.entry("cpu.max", "50000 100000"),
            Map.entry("pids.max", "100"));
  }

  @Test
  void version1CountsMemoryAndSwapTogether() {
    assertThat(values(Setting.of(ALL, false)))
        .containsOnly(
            Map.entry("memory.limit_in_bytes", "268435456"),
            Map.entry("memory.memsw.limit_in_bytes", "268435456"),
            Map.entry("cpu.cfs_period_us", "100000"),
            Map.entry("cpu.cfs_quota_us", "50000"),
            Map.entry("pids.max", "100"));
  }

  @Test
  void onlyWhatIsLimitedNeedsAController() {
    assertThat(Setting.controllers(HostLimits.NONE)).isEmpty();
    assertThat(Setting.controllers(HostLimits.NONE.withCpu(2))).containsExactly(Controller.CPU);
  }

  private static Map<String, String> values(List<Setting> settings) {
    return settings.stream().collect(Collectors.toMap(Setting::file, Setting::value));
  }
}
