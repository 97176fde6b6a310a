package dev.warren.lab.control;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.Link;
import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.file.LinkConditionWords;
import dev.warren.lab.wire.LinkReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what is asked of links. */
final class LinkController {
  private final Lab lab;

  LinkController(Lab lab) {
    this.lab = lab;
  }

  LabAnswer cut(LabRequest.CutLink asked) throws IOException {
    Host host = lab.host(asked.host());
    if (asked.link().isEmpty()) {
      requireLinks(host).isolate();
      return new LabAnswer.Done("All links of host %s are cut.".formatted(host.name()));
    }
    Link one = host.link(asked.link().get());
    one.cut();
    return new LabAnswer.Done("Link %s of host %s is cut.".formatted(one.name(), host.name()));
  }

  LabAnswer mend(LabRequest.MendLink asked) throws IOException {
    Host host = lab.host(asked.host());
    if (asked.link().isEmpty()) {
      requireLinks(host).rejoin();
      return new LabAnswer.Done("All links of host %s are whole.".formatted(host.name()));
    }
    Link one = host.link(asked.link().get());
    one.mend();
    return new LabAnswer.Done("Link %s of host %s is whole.".formatted(one.name(), host.name()));
  }

  LabAnswer setConditions(LabRequest.SetConditions asked) throws IOException {
    Host host = requireLinks(lab.host(asked.host()));
    List<Link> links = asked.link().map(name -> List.of(host.link(name))).orElseGet(host::links);
    Map<Link, LinkConditions> wanted = new LinkedHashMap<>();
    for (Link link : links) {
      wanted.put(link, wanted(asked, lab.conditions(host.name(), link.number()).conditions()));
    }
    for (Map.Entry<Link, LinkConditions> one : wanted.entrySet()) {
      lab.setConditions(host.name(), one.getKey().number(), one.getValue());
    }
    StringBuilder told = new StringBuilder();
    for (Link link : links) {
      LinkReport report = lab.conditions(host.name(), link.number());
      told.append(told.isEmpty() ? "" : "\n")
          .append(
              "Link %s of host %s: %s%s."
                  .formatted(
                      link.name(), host.name(), report.conditions().describe(), means(report)));
    }
    return new LabAnswer.Done(told.toString());
  }

  /** Chance that comes from the seed alone is a wire's. */
  private String means(LinkReport report) {
    return switch (report.means()) {
      case PLAIN -> "";
      case NETEM, TBF -> "; by " + report.means().text();
      case WIRE -> "; by wire, seed " + lab.seed();
    };
  }

  private static LinkConditions wanted(LabRequest.SetConditions asked, LinkConditions now) {
    LinkConditions base = asked.clear() ? cleared(asked.direction(), now) : now;
    return LinkConditionWords.change(base, asked.direction(), asked.values());
  }

  private static LinkConditions cleared(Optional<String> direction, LinkConditions now) {
    if (direction.isEmpty()) {
      return LinkConditions.PERFECT;
    }
    return direction.get().equals("to-host")
        ? now.withToHost(Conditions.NONE)
        : now.withFromHost(Conditions.NONE);
  }

  private static Host requireLinks(Host host) {
    if (host.links().isEmpty()) {
      throw new IllegalArgumentException(
          "host %s has no link: the root is on the bridges themselves, and others may have none"
              .formatted(host.name()));
    }
    return host;
  }
}
