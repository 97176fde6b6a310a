package dev.warren.lab.file;

import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.InterfaceSettings;
import dev.warren.lab.source.Fields;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.ScalarNode;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Reads what an interface has besides its network and number:
 *
 * <pre>{@code
 * {network: lan, number: 30, name: eth0, mac: "02:00:00:00:00:1e", mtu: 1400, position: 1,
 *  addresses: [10.1.2.3/24, "fd00::9/64"]}
 * }</pre>
 */
final class InterfaceFields {
  private final Problems problems;
  private InterfaceSettings settings = InterfaceSettings.DEFAULT;

  private InterfaceFields(Problems problems) {
    this.problems = problems;
  }

  static InterfaceSettings read(Fields fields, Problems problems) {
    InterfaceFields reader = new InterfaceFields(problems);
    reader.read(fields);
    return reader.settings;
  }

  private void read(Fields fields) {
    fields.scalar("name").ifPresent(node -> text(node, value -> settings.name(value)));
    fields.scalar("mac").ifPresent(node -> text(node, value -> settings.mac(value)));
    OptionalInt mtu = fields.integer("mtu", 68, 65535);
    mtu.ifPresent(value -> settings = settings.mtu(value));
    OptionalInt position = fields.integer("position", 1, InterfaceDescription.MAX_NUMBER);
    position.ifPresent(value -> settings = settings.position(value));
    fields.scalars("addresses").forEach(node -> text(node, value -> settings.address(value)));
  }

  private void text(ScalarNode node, Function<String, InterfaceSettings> setter) {
    Optional<InterfaceSettings> changed =
        node.text(problems).flatMap(text -> problems.attempt(node, () -> setter.apply(text)));
    changed.ifPresent(value -> settings = value);
  }
}
