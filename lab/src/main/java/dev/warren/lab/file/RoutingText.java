package dev.warren.lab.file;

import dev.warren.lab.description.Firewall;
import dev.warren.lab.description.HostRouting;
import dev.warren.lab.description.Masquerade;
import dev.warren.lab.description.PortForward;
import dev.warren.lab.description.RouteDescription;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes where a host sends packets as a lab file has it: what a preset of routers stands for. */
public final class RoutingText {
  private RoutingText() {}

  /** The keys of a host, as YAML that reads as the same. */
  public static String of(HostRouting routing) {
    StringBuilder text = new StringBuilder();
    if (!routing.routes().isEmpty()) {
      text.append("routes:\n");
      for (RouteDescription route : routing.routes()) {
        text.append("  - {to: %s, via: %s}\n".formatted(quoted(route.to()), quoted(route.via())));
      }
    }
    if (routing.forwards()) {
      text.append("forwarding: true\n");
    }
    if (!routing.masquerades().isEmpty()) {
      text.append(
          routing.masquerades().stream()
              .map(RoutingText::masquerade)
              .collect(Collectors.joining(", ", "masquerade: [", "]\n")));
    }
    if (!routing.portForwards().isEmpty()) {
      text.append("forward-ports:\n");
      for (PortForward one : routing.portForwards()) {
        text.append(
            "  - {network: %s, protocol: %s, port: %d, to: %s, to-port: %d}\n"
                .formatted(
                    one.network(),
                    word(one.protocol()),
                    one.port(),
                    quoted(one.to()),
                    one.toPort()));
      }
    }
    if (!routing.firewall().equals(Firewall.OPEN)) {
      firewall(text, routing.firewall());
    }
    return text.toString();
  }

  private static String masquerade(Masquerade masquerade) {
    return masquerade.randomPorts()
        ? "{network: " + masquerade.network() + ", random-ports: true}"
        : masquerade.network();
  }

  private static void firewall(StringBuilder text, Firewall firewall) {
    text.append("firewall:\n");
    text.append("  input: %s\n".formatted(word(firewall.input())));
    text.append("  forward: %s\n".formatted(word(firewall.forward())));
    if (!firewall.rules().isEmpty()) {
      text.append("  rules:\n");
      firewall.rules().forEach(rule -> text.append("    - {").append(rule(rule)).append("}\n"));
    }
  }

  private static String rule(Firewall.Rule rule) {
    StringBuilder text = new StringBuilder();
    text.append(rule.policy() == Firewall.Policy.ACCEPT ? "allow: " : "deny: ");
    text.append(word(rule.way()));
    rule.from().ifPresent(network -> text.append(", from: ").append(network));
    rule.to().ifPresent(network -> text.append(", to: ").append(network));
    if (rule.protocol() != Firewall.Protocol.ANY) {
      text.append(", protocol: ").append(word(rule.protocol()));
    }
    if (!rule.ports().isEmpty()) {
      text.append(
          rule.ports().stream()
              .map(Object::toString)
              .collect(Collectors.joining(", ", ", ports: [", "]")));
    }
    return text.toString();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** In quotes where YAML would take a colon for its own. */
  private static String quoted(Object value) {
    String text = value.toString();
    return text.indexOf(':') >= 0 ? '"' + text + '"' : text;
  }
}
