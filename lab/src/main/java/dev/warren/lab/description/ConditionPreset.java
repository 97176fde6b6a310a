package dev.warren.lab.description;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Conditions by a name. The numbers are round ones of a link in ordinary use, not measurements:
 * what counts is that a test can name what it means. Delays are of one direction.
 */
public enum ConditionPreset {
  /** As good as the kernel's own. */
  PERFECT(LinkConditions.PERFECT),
  /** Between two sites over leased lines: 100 Mbit/s, 20 ms. */
  WAN(LinkConditions.both(link(100_000, 20, 1, 0))),
  /** A wireless network in an office: 50 Mbit/s, 3 ms +-2 ms, 0.5% lost. */
  WIFI(LinkConditions.both(link(50_000, 3, 2, 0.5))),
  /** ADSL or VDSL at home: 50 Mbit/s down, 10 Mbit/s up, 10 ms +-1 ms. */
  DSL(new LinkConditions(link(50_000, 10, 1, 0), link(10_000, 10, 1, 0))),
  /** A telephone on LTE: 30 Mbit/s down, 10 Mbit/s up, 25 ms +-10 ms, 0.1% lost. */
  LTE(new LinkConditions(link(30_000, 25, 10, 0.1), link(10_000, 25, 10, 0.1))),
  /** A telephone on UMTS: 2 Mbit/s down, 500 kbit/s up, 75 ms +-20 ms, 0.5% lost. */
  UMTS(new LinkConditions(link(2_000, 75, 20, 0.5), link(500, 75, 20, 0.5))),
  /** By a geostationary satellite: 20 Mbit/s down, 3 Mbit/s up, 300 ms +-10 ms, 0.5% lost. */
  SATELLITE(new LinkConditions(link(20_000, 300, 10, 0.5), link(3_000, 300, 10, 0.5))),
  /** A telephone line and a modem: 56 kbit/s down, 33 kbit/s up, 60 ms +-5 ms. */
  MODEM(new LinkConditions(link(56, 60, 5, 0), link(33, 60, 5, 0))),
  /** A fast cable with a loose plug: 10% lost, nothing else. */
  LOSSY(LinkConditions.both(Conditions.NONE.withLoss(10)));

  @SuppressWarnings("ImmutableEnumChecker") // a record of records
  private final LinkConditions conditions;

  ConditionPreset(LinkConditions conditions) {
    this.conditions = conditions;
  }

  private static Conditions link(long kbits, long delay, long jitter, double loss) {
    return Conditions.NONE
        .withRate(kbits * 1000)
        .withDelay(Duration.ofMillis(delay))
        .withJitter(Duration.ofMillis(jitter))
        .withLoss(loss);
  }

  /** What it stands for. */
  public LinkConditions conditions() {
    return conditions;
  }

  /** As lab files call it: {@code wifi}, {@code 4g}. */
  public String text() {
    return switch (this) {
      case LTE -> "4g";
      case UMTS -> "3g";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }

  /** The preset that lab files call so. */
  public static Optional<ConditionPreset> of(String text) {
    return Arrays.stream(values()).filter(preset -> preset.text().equals(text)).findFirst();
  }
}
