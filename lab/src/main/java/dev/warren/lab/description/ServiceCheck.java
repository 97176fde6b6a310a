package dev.warren.lab.description;

import dev.warren.lab.source.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks what the services of a lab need of each other. One use each. */
final class ServiceCheck {
  private final Map<ServiceName, Subject> subjects = new TreeMap<>();
  private final Map<ServiceName, List<ServiceName>> needs = new HashMap<>();
  private final List<Fault> faults = new ArrayList<>();

  private ServiceCheck() {}

  /** Everything that does not fit; the root is checked first. */
  static List<Fault> faults(HostDescription root, List<HostDescription> hosts) {
    ServiceCheck check = new ServiceCheck();
    check.names(Subject.ROOT, root);
    for (int i = 0; i < hosts.size(); i++) {
      check.names(i, hosts.get(i));
    }
    check.unknown();
    check.circles();
    return check.faults;
  }

  private void names(int index, HostDescription host) {
    for (int i = 0; i < host.services().size(); i++) {
      ServiceDescription service = host.services().get(i);
      ServiceName name = new ServiceName(host.name(), service.name());
      Subject subject = new Subject.Service(index, i);
      if (subjects.putIfAbsent(name, subject) != null) {
        add(subject, "host %s has two services %s".formatted(host.name(), service.name()));
      } else {
        needs.put(name, service.needs(host.name()));
      }
    }
  }

  private void unknown() {
    Set<String> known =
        subjects.keySet().stream().map(ServiceName::toString).collect(Collectors.toSet());
    subjects.forEach(
        (name, subject) ->
            needsOf(name).stream()
                .filter(need -> !subjects.containsKey(need))
                .forEach(
                    need ->
                        add(
                            subject,
                            "there is no service %s, which %s needs%s"
                                .formatted(need, name, Spelling.hint(need.toString(), known)))));
  }

  /** Reports each circle once, at the first of its services. */
  private void circles() {
    Set<ServiceName> settled = new HashSet<>();
    for (ServiceName name : subjects.keySet()) {
      walk(name, new ArrayList<>(), settled);
    }
  }

  private void walk(ServiceName name, List<ServiceName> path, Set<ServiceName> settled) {
    int before = path.indexOf(name);
    if (before >= 0) {
      List<ServiceName> circle = new ArrayList<>(path.subList(before, path.size()));
      circle.add(name);
      String words =
          circle.stream().map(ServiceName::toString).collect(Collectors.joining(" needs "));
      add(subjects.getOrDefault(name, new Subject.Lab()), "services wait for each other: " + words);
      return;
    }
    if (settled.contains(name)) {
      return;
    }
    path.add(name);
    needsOf(name).forEach(need -> walk(need, path, settled));
    path.removeLast();
    settled.add(name);
  }

  private List<ServiceName> needsOf(ServiceName name) {
    return needs.getOrDefault(name, List.of());
  }

  private void add(Subject subject, String message) {
    faults.add(new Fault(subject, message));
  }
}
