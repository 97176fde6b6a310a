package dev.warren.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.warren.lab.description.ConditionPreset;
import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.source.BadInputException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Conditions in lab files. */
class LinkConditionReaderTest {

  private static LinkConditions read(String conditions) throws BadInputException {
    LabDescription lab =
        LabFile.parse("lab.yaml", "hosts:\n  a: {interface: {conditions: " + conditions + "}}\n");
    return lab.conditions(lab.hosts().getFirst().interfaces().getFirst());
  }

  private static String mistakes(String text) {
    return String.valueOf(
        catchThrowableOfType(BadInputException.class, () -> LabFile.parse("lab.yaml", text))
            .getMessage());
  }

  private static final Conditions SLOW =
      Conditions.NONE.withDelay(Duration.ofMillis(10)).withRate(10_000_000);

  @Test
  void aPresetIsSaidByItsName() throws BadInputException {
    assertThat(read("4g")).isEqualTo(ConditionPreset.LTE.conditions());
    assertThat(read("{preset: wifi}")).isEqualTo(ConditionPreset.WIFI.conditions());
  }

  @Test
  void valuesHoldInBothDirections() throws BadInputException {
    assertThat(read("{delay: 10ms, rate: 10Mbit/s}")).isEqualTo(LinkConditions.both(SLOW));
    assertThat(
            read(
                "{delay: 2ms, jitter: 500us, loss: 1%, duplicate: 2%, reorder: 3%, corrupt: 0.4%,"
                    + " rate: 64kbit/s, queue: 20kB}"))
        .isEqualTo(
            LinkConditions.both(
                Conditions.NONE
                    .withDelay(Duration.ofMillis(2))
                    .withJitter(Duration.ofNanos(500_000))
                    .withLoss(1)
                    .withDuplicate(2)
                    .withReorder(3)
                    .withCorrupt(0.4)
                    .withRate(64_000)
                    .withQueue(20_000)));
  }

  @Test
  void valuesChangeAPresetAndADirectionChangesBoth() throws BadInputException {
    assertThat(read("{preset: dsl, delay: 50ms}"))
        .isEqualTo(
            new LinkConditions(
                ConditionPreset.DSL.conditions().toHost().withDelay(Duration.ofMillis(50)),
                ConditionPreset.DSL.conditions().fromHost().withDelay(Duration.ofMillis(50))));
    assertThat(read("{delay: 10ms, rate: 10Mbit/s, from-host: {loss: 1%, rate: 1Mbit/s}}"))
        .isEqualTo(new LinkConditions(SLOW, SLOW.withLoss(1).withRate(1_000_000)));
    assertThat(read("{to-host: {delay: 10ms}}"))
        .isEqualTo(
            LinkConditions.PERFECT.withToHost(Conditions.NONE.withDelay(Duration.ofMillis(10))));
  }

  @Test
  void aNetworksConditionsHoldWhereAnInterfaceSaysNothing() throws BadInputException {
    LabDescription lab =
        LabFile.parse(
            "lab.yaml",
            """
            seed: 42
            networks:
              lan: {ipv4: 192.168.7.0/24, conditions: wifi}
            hosts:
              a:
              b: {interface: {conditions: perfect}}
            """);

    assertThat(lab.options().seed()).hasValue(42);
    assertThat(lab.hosts())
        .extracting(host -> lab.conditions(host.interfaces().getFirst()))
        .containsExactly(ConditionPreset.WIFI.conditions(), LinkConditions.PERFECT);
  }

  @Test
  void everyMistakeIsReportedWhereItIs() {
    assertThat(
            mistakes(
                """
                seed: 1.5
                networks:
                  lan: {ipv4: 192.168.7.0/24, conditions: wify}
                  wan: {ipv4: 192.168.8.0/24, conditions: {dealy: 1ms}}
                hosts:
                  a:
                    interfaces:
                      - network: lan
                        conditions: {rate: 10mbit, delay: 10, loss: 0.5, queue: big}
                      - network: lan
                        conditions:
                          delay: 1ms
                          to-host: {jitter: 2ms}
                          from-host: {preset: wifi}
                """))
        .isEqualTo(
            """
            lab.yaml:1:7: a whole number is expected, but this is "1.5"
            lab.yaml:3:43: there is no preset "wify"; did you mean "wifi"?
            lab.yaml:4:44: unknown key "dealy"; did you mean "delay"?
            lab.yaml:9:28: a rate like 10Mbit/s or 64kbit/s is expected, but this is "10mbit"
            lab.yaml:9:43: a time like 500ms, 60s, 2m or 1h is expected, but this is "10"
            lab.yaml:9:53: a percentage like 1% or 0.05% is expected, but this is "0.5"
            lab.yaml:9:65: a size like 64kB or 1MB is expected, but this is "big"
            lab.yaml:13:20: a jitter of 2ms needs a delay of as much or more, but the delay is 1ms
            lab.yaml:14:23: unknown key "preset"; known here: rate, delay, jitter, loss, duplicate,\
             reorder, corrupt, queue
            9 problems""");
  }

  @Test
  void theRootHasNoCable() {
    assertThat(
            mistakes(
                """
                root: {interface: {conditions: wifi}}
                hosts: {}
                """))
        .isEqualTo(
            "lab.yaml:1:19: the root has no cable that could have conditions: set them at network"
                + " selftest0, or at the interfaces of hosts");
  }
}
