package dev.warren.lab.control;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.service.Service;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** Does what is asked of services. */
final class ServiceController {
  private ServiceController() {}

  static LabAnswer restart(Lab lab, Host host, List<String> names) throws IOException {
    for (String name : names) {
      Service _ = lab.service(host.name(), name);
    }
    // A service comes after those that it needs.
    List<Service> services =
        lab.services().stream()
            .filter(service -> service.name().host().equals(host.name()))
            .filter(service -> names.isEmpty() || names.contains(service.name().service()))
            .toList();
    if (services.isEmpty()) {
      throw new IllegalArgumentException("host %s has no services".formatted(host.name()));
    }
    services.reversed().forEach(Service::stop);
    services.forEach(Service::start);
    try {
      for (Service service : services) {
        service.awaitReady();
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    return new LabAnswer.Done(
        "Ready again: %s."
            .formatted(
                services.stream()
                    .map(service -> service.name().toString())
                    .collect(Collectors.joining(", "))));
  }
}
