package dev.warren.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.Isolation;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who says what makes hosts private. */
class IsolationChoiceTest {
  private static final Optional<String> REFUSED = Optional.of("a filter refuses them");

  @Test
  void whoStartsTheLabCountsMoreThanItsDescription() {
    assertThat(IsolationChoice.of(Isolation.CWRAP, Isolation.NAMESPACES).isolation())
        .isEqualTo(Isolation.NAMESPACES);
    assertThat(IsolationChoice.of(Isolation.NAMESPACES, Isolation.CWRAP).isolation())
        .isEqualTo(Isolation.CWRAP);
  }

  @Test
  void whoSaysNothingLeavesItToTheDescription() {
    assertThat(IsolationChoice.of(Isolation.CWRAP, Isolation.AUTO).isolation())
        .isEqualTo(Isolation.CWRAP);
  }

  @Test
  void whereNobodyChoosesAndNamespacesAreRefusedItIsCwrapAndTheReasonIsTold() {
    assertThat(IsolationChoice.of(Isolation.AUTO, Isolation.AUTO, REFUSED))
        .isEqualTo(new IsolationChoice(Isolation.CWRAP, REFUSED));
  }

  @Test
  void whoAsksForNamespacesGetsNoOtherThing() {
    assertThat(IsolationChoice.of(Isolation.NAMESPACES, Isolation.AUTO, REFUSED).isolation())
        .isEqualTo(Isolation.NAMESPACES);
  }

  @Test
  void whereTheyWorkItIsNamespaces() {
    assertThat(IsolationChoice.of(Isolation.AUTO, Isolation.AUTO))
        .isEqualTo(new IsolationChoice(Isolation.NAMESPACES, Optional.empty()));
  }
}
