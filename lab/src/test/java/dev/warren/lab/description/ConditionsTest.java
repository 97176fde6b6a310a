package dev.warren.lab.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionsTest {

  private static Conditions delay(int millis) {
    return Conditions.NONE.withDelay(Duration.ofMillis(millis));
  }

  private static void refused(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void whatCannotBeIsRefused() {
    refused(
        () -> Conditions.NONE.withRate(999),
        "the rate 999bit/s is out of range: 1kbit/s to 100Gbit/s");
    refused(() -> delay(60_001), "the delay 60001ms is out of range: 0ms to 60s");
    refused(
        () -> delay(5).withJitter(Duration.ofMillis(6)),
        "a jitter of 6ms needs a delay of as much or more, but the delay is 5ms");
    refused(() -> Conditions.NONE.withLoss(100.1), "loss is a percentage, 0% to 100%");
    refused(() -> Conditions.NONE.withCorrupt(-1), "corrupt is a percentage, 0% to 100%");
    refused(
        () -> Conditions.NONE.withReorder(1),
        "reordering needs a delay: a packet overtakes those that are still on their way");
    refused(
        () -> Conditions.NONE.withQueue(64_000), "a queue needs a rate: without one nothing waits");
  }

  @ParameterizedTest
  @CsvSource({
    // Twice the delay at this rate.
    "100000000, 100, 2500000",
    // 10 ms of a fast rate.
    "1000000000, 0, 1250000",
    // The usual minimum.
    "10000000, 10, 64000",
    // One second of a slow rate.
    "256000, 10, 32000",
    // Ten packets.
    "33000, 10, 15000",
  })
  void aQueueIsSizedFromBandwidthAndDelay(long rate, int millis, long bytes) {
    assertThat(delay(millis).withRate(rate).queueBytes()).isEqualTo(bytes);
    assertThat(delay(millis).withRate(rate).withQueue(5000).queueBytes()).isEqualTo(5000);
  }

  @Test
  void conditionsSayWhatTheyAre() {
    assertThat(LinkConditions.PERFECT.describe()).isEqualTo("perfect");
    assertThat(
            LinkConditions.both(
                    delay(20).withJitter(Duration.ofMillis(5)).withLoss(0.5).withRate(10_000_000))
                .describe())
        .isEqualTo("10Mbit/s, delay 20ms +-5ms, loss 0.5%");
    assertThat(LinkConditions.PERFECT.withToHost(delay(1)).describe())
        .isEqualTo("to the host delay 1ms; from the host perfect");
  }

  @ParameterizedTest
  @EnumSource
  void aPresetIsFoundByItsName(ConditionPreset preset) {
    assertThat(ConditionPreset.of(preset.text())).contains(preset);
    assertThat(preset.conditions().isPerfect()).isEqualTo(preset == ConditionPreset.PERFECT);
  }
}
