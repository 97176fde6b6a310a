package dev.warren.lab.file;

import dev.warren.lab.description.ConditionPreset;
import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.MappingNode;
import dev.warren.lab.source.Percents;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.Rates;
import dev.warren.lab.source.ScalarNode;
import dev.warren.lab.source.Sizes;
import dev.warren.lab.source.Spelling;
import dev.warren.lab.source.YamlNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Reads the conditions of a link:
 *
 * <pre>{@code
 * conditions: wifi                                # a preset
 * conditions: {delay: 10ms, loss: 1%}             # the same in both directions
 * conditions: {preset: wifi, delay: 50ms}         # a preset but for the delay
 * conditions: {to-host: {rate: 10Mbit/s}, from-host: {rate: 1Mbit/s, queue: 64kB}}
 * }</pre>
 */
final class LinkConditionReader {

  private final Problems problems;

  LinkConditionReader(Problems problems) {
    this.problems = problems;
  }

  /** The conditions that a node says; empty when there is a mistake in it. */
  Optional<LinkConditions> read(YamlNode node) {
    return read(node, LinkConditions.PERFECT);
  }

  /**
   * As {@link #read(YamlNode)}; what the node does not say is as it was.
   *
   * @param before what was, unless the node says a preset
   */
  Optional<LinkConditions> read(YamlNode node, LinkConditions before) {
    if (node instanceof ScalarNode scalar) {
      return preset(scalar);
    }
    Fields fields = Fields.of(node, problems);
    Optional<LinkConditions> base =
        fields.scalar("preset").map(this::preset).orElse(Optional.of(before));
    Optional<Values> both = values(fields);
    Optional<YamlNode> toHost = fields.value("to-host");
    Optional<YamlNode> fromHost = fields.value("from-host");
    fields.done();
    if (!(node instanceof MappingNode) || base.isEmpty() || both.isEmpty()) {
      toHost.ifPresent(this::direction);
      fromHost.ifPresent(this::direction);
      return Optional.empty();
    }
    Optional<Conditions> in = apply(node, base.get().toHost(), both.get(), toHost);
    Optional<Conditions> out = apply(node, base.get().fromHost(), both.get(), fromHost);
    return in.isPresent() && out.isPresent()
        ? Optional.of(new LinkConditions(in.get(), out.get()))
        : Optional.empty();
  }

  private Optional<LinkConditions> preset(ScalarNode node) {
    Optional<ConditionPreset> preset = ConditionPreset.of(node.value());
    if (preset.isEmpty()) {
      List<String> known =
          Arrays.stream(ConditionPreset.values()).map(ConditionPreset::text).toList();
      String hint = Spelling.hint(node.value(), known);
      problems.add(
          node,
          "there is no preset \"%s\"%s"
              .formatted(
                  node.value(), hint.isEmpty() ? "; known: " + String.join(", ", known) : hint));
    }
    return preset.map(ConditionPreset::conditions);
  }

  /** What a mapping says of one direction, or of both. */
  private record Values(
      Optional<OptionalLong> rate,
      Optional<Duration> delay,
      Optional<Duration> jitter,
      Optional<Double> loss,
      Optional<Double> duplicate,
      Optional<Double> reorder,
      Optional<Double> corrupt,
      Optional<OptionalLong> queue) {

    Conditions over(Conditions base) {
      return new Conditions(
          rate.orElse(base.rate()),
          delay.orElse(base.delay()),
          jitter.orElse(base.jitter()),
          loss.orElse(base.loss()),
          duplicate.orElse(base.duplicate()),
          reorder.orElse(base.reorder()),
          corrupt.orElse(base.corrupt()),
          queue.orElse(base.queue()));
    }
  }

  /** Empty when one of the values cannot be read. */
  private Optional<Values> values(Fields fields) {
    int before = problems.list().size();
    Values values =
        new Values(
            fields
                .scalar("rate")
                .flatMap(node -> form(node, Rates::parse, "a rate like 10Mbit/s or 64kbit/s")),
            fields.duration("delay"),
            fields.duration("jitter"),
            percent(fields, "loss"),
            percent(fields, "duplicate"),
            percent(fields, "reorder"),
            percent(fields, "corrupt"),
            fields
                .scalar("queue")
                .flatMap(node -> form(node, Sizes::parse, "a size like 64kB or 1MB")));
    return problems.list().size() == before ? Optional.of(values) : Optional.empty();
  }

  private Optional<Double> percent(Fields fields, String key) {
    return fields.scalar(key).flatMap(this::percent);
  }

  private Optional<Double> percent(ScalarNode node) {
    OptionalDouble percent = Percents.parse(node.value());
    if (percent.isEmpty()) {
      problems.add(
          node, "a percentage like 1% or 0.05% is expected, but this is \"" + node.value() + '"');
      return Optional.empty();
    }
    return Optional.of(percent.getAsDouble());
  }

  private Optional<OptionalLong> form(
      ScalarNode node, Function<String, OptionalLong> parser, String expected) {
    OptionalLong value = parser.apply(node.value());
    if (value.isEmpty()) {
      problems.add(node, expected + " is expected, but this is \"" + node.value() + '"');
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private Optional<Values> direction(YamlNode node) {
    Fields fields = Fields.of(node, problems);
    Optional<Values> values = values(fields);
    fields.done();
    return node instanceof MappingNode ? values : Optional.empty();
  }

  private Optional<Conditions> apply(
      YamlNode node, Conditions base, Values both, Optional<YamlNode> direction) {
    if (direction.isEmpty()) {
      return problems.attempt(node, () -> both.over(base));
    }
    return direction(direction.get())
        .flatMap(own -> problems.attempt(direction.get(), () -> over(own, both, base)));
  }

  /** As a whole: a direction may say the jitter for a delay that both have. */
  private static Conditions over(Values own, Values both, Conditions base) {
    return new Values(
            own.rate().or(both::rate),
            own.delay().or(both::delay),
            own.jitter().or(both::jitter),
            own.loss().or(both::loss),
            own.duplicate().or(both::duplicate),
            own.reorder().or(both::reorder),
            own.corrupt().or(both::corrupt),
            own.queue().or(both::queue))
        .over(base);
  }
}
