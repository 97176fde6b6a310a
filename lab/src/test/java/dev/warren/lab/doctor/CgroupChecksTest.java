package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.cgroup.LimitSupport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What it costs where limits cannot be set. */
class CgroupChecksTest {
  private static final LimitSupport MEMORY = new LimitSupport("memory", true, Optional.empty());
  private static final LimitSupport NO_CPU =
      new LimitSupport(
          "cpu", true, Optional.of(new LimitSupport.Obstacle("not writable", "be root")));

  @Test
  void namesWhatCanBeLimitedAndWhatCannot() {
    assertThat(CgroupChecks.judge(List.of(MEMORY)))
        .isEqualTo(Finding.yes("cgroups", Need.FEATURES, "limits of memory (version 2)"));
    assertThat(CgroupChecks.judge(List.of(MEMORY, NO_CPU)))
        .isEqualTo(
            Finding.partly(
                "cgroups",
                Need.FEATURES,
                "limits of memory (version 2); else not writable",
                "no `limits` of hosts: cpu",
                "be root"));
    assertThat(CgroupChecks.judge(List.of(NO_CPU)).verdict()).isEqualTo(Verdict.NO);
  }
}
