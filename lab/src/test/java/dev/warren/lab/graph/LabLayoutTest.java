package dev.warren.lab.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every picture, whatever the lab: tried with labs made up from seeds. */
class LabLayoutTest {
  static IntStream seeds() {
    return IntStream.range(0, 60);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyHostHasOneCard(int seed) {
    Topology lab = RandomTopologies.of(seed);
    assertThat(LabLayout.of(lab).cards().stream().map(card -> card.card().node()))
        .containsExactlyInAnyOrderElementsOf(lab.hosts());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyNetworkHasOneBar(int seed) {
    Topology lab = RandomTopologies.of(seed);
    assertThat(
            LabLayout.of(lab).panels().stream()
                .filter(panel -> panel.colour() >= 0)
                .map(panel -> panel.words().getFirst().text()))
        .containsExactlyInAnyOrderElementsOf(
            lab.networks().stream().map(Topology.Network::name).toList());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noTwoCardsOrBarsOverlap(int seed) {
    Topology lab = RandomTopologies.of(seed);
    Picture picture = LabLayout.of(lab);
    List<Box> boxes = new ArrayList<>();
    picture.cards().forEach(card -> boxes.add(card.box()));
    picture.panels().forEach(panel -> boxes.add(panel.bar()));
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(boxes.get(i).overlaps(boxes.get(j)))
            .as("%s and %s", boxes.get(i), boxes.get(j))
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noTextOfALinkLiesOnACardOrABarOrAnotherText(int seed) {
    Topology lab = RandomTopologies.of(seed);
    Picture picture = LabLayout.of(lab);
    List<Box> labels = picture.labels().stream().map(Picture.Label::box).toList();
    List<Box> others = new ArrayList<>(labels);
    picture.cards().forEach(card -> others.add(card.box()));
    picture.panels().forEach(panel -> others.add(panel.bar()));
    for (Box label : labels) {
      assertThat(others.stream().filter(label::overlaps)).as("on %s", label).containsExactly(label);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noLineCrossesACard(int seed) {
    Topology lab = RandomTopologies.of(seed);
    Picture picture = LabLayout.of(lab);
    for (Picture.Wire wire : picture.wires()) {
      for (int i = 1; i < wire.points().size(); i++) {
        Point a = wire.points().get(i - 1);
        Point b = wire.points().get(i);
        Box line =
            new Box(
                Math.min(a.x(), b.x()),
                Math.min(a.y(), b.y()),
                Math.abs(a.x() - b.x()),
                Math.abs(a.y() - b.y()));
        assertThat(picture.cards().stream().map(Picture.PlacedCard::box).filter(line::overlaps))
            .as("on %s", line)
            .isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyWordLiesInsideItsCard(int seed) {
    Topology lab = RandomTopologies.of(seed);
    for (Picture.PlacedCard card : LabLayout.of(lab).cards()) {
      for (Card.Word word : card.card().words()) {
        assertThat(word.box().right()).isLessThanOrEqualTo(card.card().width());
        assertThat(word.box().bottom()).isLessThanOrEqualTo(card.card().height());
      }
    }
  }
}
