package dev.warren.lab.plan;

import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.description.ServiceName;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/** Steps that start and stop services. */
public sealed interface ServiceOperation extends Operation {
  /**
   * Lets a service start as soon as those are ready that it needs; it is not waited for.
   *
   * @param host the name of its host
   * @param addresses the host's own
   */
  record Start(String host, ServiceDescription service, List<InetAddress> addresses)
      implements ServiceOperation {
    /** Copies. */
    public Start {
      addresses = List.copyOf(addresses);
    }

    /** Its host and its name there. */
    public ServiceName name() {
      return new ServiceName(host, service.name());
    }

    @Override
    public String describe() {
      return "start service " + name() + after();
    }

    private String after() {
      List<ServiceName> needs = service.needs(host);
      return needs.isEmpty() ? "" : " after " + joined(needs);
    }
  }

  /** Waits until services are ready. */
  record AwaitReady(List<ServiceName> services) implements ServiceOperation {
    /** Copies. */
    public AwaitReady {
      services = List.copyOf(services);
    }

    @Override
    public String describe() {
      return "wait for service" + (services.size() == 1 ? " " : "s ") + joined(services);
    }
  }

  /** Stops a service, which is not the lab's any more then. */
  record Stop(ServiceName service) implements ServiceOperation {
    @Override
    public String describe() {
      return "stop service " + service;
    }

    @Override
    public boolean isLasting() {
      return true;
    }
  }

  private static String joined(List<ServiceName> names) {
    return names.stream().map(ServiceName::toString).collect(Collectors.joining(", "));
  }
}
