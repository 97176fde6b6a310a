package dev.warren.lab.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BadInputExceptionTest {

  private final Problems problems = new Problems();

  @Test
  void theMessageHoldsEveryProblemFromTopToBottomAndTheirNumber() {
    problems.add(new Position("b.yaml", 2, 1), "late");
    problems.add(new Position("b.yaml", 1, 5), "early");
    problems.add(Position.of("a.yaml"), "whole");

    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(BadInputException.class)
        .hasMessage("a.yaml: whole\nb.yaml:1:5: early\nb.yaml:2:1: late\n3 problems");
  }

  @Test
  void aSingleProblemStandsForItself() {
    problems.add(new Position("b.yaml", 2, 1), "wrong");

    assertThatThrownBy(problems::throwIfAny).hasMessage("b.yaml:2:1: wrong");
  }

  @Test
  void theSameProblemCountsOnce() {
    problems.add(new Position("b.yaml", 2, 1), "wrong");
    problems.add(new Position("b.yaml", 2, 1), "wrong");

    assertThat(problems.list()).hasSize(1);
  }

  @Test
  void whatAMakerRefusesIsReportedAtItsNodeInOneLine() {
    YamlNode node = MappingNode.empty(new Position("b.yaml", 2, 1));

    assertThat(problems.attempt(node, () -> Integer.parseInt("1\n2"))).isEmpty();
    assertThat(problems.attempt(node, () -> Integer.parseInt("12"))).contains(12);
    assertThat(problems.list())
        .containsExactly(new Problem(node.position(), "For input string: \"1 2\""));
  }

  @Test
  void nothingIsThrownWhenNothingWasFound() {
    assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
  }
}
