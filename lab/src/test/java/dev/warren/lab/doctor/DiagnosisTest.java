package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.Isolation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a diagnosis means for labs and testenvs. */
class DiagnosisTest {
  private static final Finding KERNEL = Finding.yes("kernel", Need.LABS, "Linux 6.12");
  private static final Finding REFUSED =
      Finding.no("user namespace", Need.LABS, "the limit is 0", "no labs", "raise it");
  private static final Finding CWRAP = Finding.yes("cwrap", Need.CWRAP, "in /usr/lib");
  private static final Finding NO_CWRAP =
      Finding.no("cwrap", Need.CWRAP, "none found", "no fallback", "install it");

  @Test
  void aMachineWithoutAptHasLabsButNoTestenvs() {
    Diagnosis diagnosis =
        new Diagnosis(
            List.of(
                KERNEL,
                Finding.no("apt-get", Need.TESTENVS, "not found", "no packages", "use Debian")));

    assertThat(diagnosis.labsWork()).isTrue();
    assertThat(diagnosis.testenvsWork(diagnosis.choose(Isolation.AUTO))).isFalse();
  }

  @Test
  void labsRunInNamespacesWhereTheyCan() {
    Diagnosis diagnosis = new Diagnosis(List.of(KERNEL, CWRAP));

    assertThat(diagnosis.choose(Isolation.AUTO).isolation()).contains(Isolation.NAMESPACES);
    assertThat(diagnosis.choose(Isolation.NAMESPACES).isolation()).contains(Isolation.NAMESPACES);
    assertThat(diagnosis.choose(Isolation.CWRAP).isolation()).contains(Isolation.CWRAP);
    assertThat(diagnosis.choose(Isolation.AUTO).words()).startsWith("labs here run in namespaces");
  }

  @Test
  void elseUnderCwrap() {
    Diagnosis diagnosis = new Diagnosis(List.of(KERNEL, REFUSED, CWRAP));

    assertThat(diagnosis.choose(Isolation.AUTO))
        .isEqualTo(
            new Choice(
                Optional.of(Isolation.CWRAP),
                "labs here run under cwrap: user namespace: the limit is 0"));
    assertThat(diagnosis.choose(Isolation.NAMESPACES).works()).isFalse();
    assertThat(diagnosis.testenvsWork(diagnosis.choose(Isolation.AUTO))).isFalse();
  }

  @Test
  void elseNowhere() {
    Diagnosis diagnosis = new Diagnosis(List.of(REFUSED, NO_CWRAP));

    assertThat(diagnosis.choose(Isolation.AUTO))
        .isEqualTo(
            new Choice(
                Optional.empty(),
                "no labs here: user namespace: the limit is 0; cwrap: none found"));
    assertThat(diagnosis.choose(Isolation.CWRAP).words())
        .isEqualTo("no labs here: cwrap: none found");
  }
}
