package dev.warren.lab.service;

import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.description.ServiceName;
import dev.warren.lab.host.Machine;
import dev.warren.lab.process.LabThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The services of a lab, for as long as it runs. */
public final class Supervisor implements AutoCloseable {
  private final ServiceListener listener;

  /** In the order they were added, in which a service comes after those that it needs. */
  private final Map<ServiceName, Service> services = new LinkedHashMap<>();

  /** Told of everything that happens to a service. */
  private final Object changes = new Object();

  /** No services yet. */
  public Supervisor(ServiceListener listener) {
    this.listener = listener;
  }

  private void happened(ServiceEvent event) {
    listener.happened(event);
    synchronized (changes) {
      changes.notifyAll();
    }
  }

  /**
   * Adds a service and starts it as soon as those are ready that it needs; returns at once.
   *
   * @param host its host
   * @param addresses the host's own
   * @throws IllegalArgumentException when it was added already, or something that it needs was not
   */
  public Service start(Machine host, ServiceDescription description, List<InetAddress> addresses) {
    Service service;
    synchronized (services) {
      List<Service> needs =
          description.needs(host.name()).stream()
              .map(
                  need ->
                      find(need)
                          .orElseThrow(
                              () -> new IllegalArgumentException("there is no service " + need)))
              .toList();
      service = new Service(host, description, addresses, needs, this::happened);
      if (services.putIfAbsent(service.name(), service) != null) {
        throw new IllegalArgumentException("there is a service " + service.name() + " already");
      }
    }
    service.start();
    return service;
  }

  /** A service by its name. */
  public Optional<Service> find(ServiceName name) {
    synchronized (services) {
      return Optional.ofNullable(services.get(name));
    }
  }

  /** All services; one comes after those that it needs. */
  public List<Service> all() {
    synchronized (services) {
      return List.copyOf(services.values());
    }
  }

  /**
   * Waits until services are ready.
   *
   * @throws ServiceFailedException as soon as one of them will not be
   */
  public void awaitReady(Collection<ServiceName> names)
      throws ServiceFailedException, InterruptedException {
    List<Service> awaited =
        all().stream().filter(service -> names.contains(service.name())).toList();
    synchronized (changes) {
      while (true) {
        boolean all = true;
        // In this order the one that others only waited for comes first.
        for (Service service : awaited) {
          all &= service.isUsable();
        }
        if (all) {
          return;
        }
        // Not every change is an event: a step's end comes a moment after its process's.
        changes.wait(100);
      }
    }
  }

  /** Kills a service, where it still runs, and forgets it. */
  public void remove(ServiceName name) {
    Optional<Service> service;
    synchronized (services) {
      service = Optional.ofNullable(services.remove(name));
    }
    service.ifPresent(one -> one.stop(Duration.ZERO));
  }

  /** Stops a service as its description says, and forgets it. */
  public void stop(ServiceName name) {
    find(name).ifPresent(Service::stop);
    remove(name);
  }

  /**
   * Stops all as their descriptions say, each after those that need it and those side by side that
   * do not need each other, and forgets them.
   */
  @Override
  public void close() {
    List<Service> all = all();
    Map<Service, CompletableFuture<Void>> stops = new HashMap<>();
    for (Service service : all.reversed()) {
      List<CompletableFuture<Void>> users = new ArrayList<>();
      for (Service other : all) {
        CompletableFuture<Void> stop = stops.get(other);
        if (other.needs().contains(service) && stop != null) {
          users.add(stop);
        }
      }
      stops.put(
          service,
          CompletableFuture.allOf(users.toArray(CompletableFuture[]::new))
              .thenRunAsync(service::stop, Supervisor::onItsOwnThread));
    }
    stops.values().forEach(CompletableFuture::join);
    synchronized (services) {
      all.forEach(service -> services.remove(service.name()));
    }
  }

  /** Not on the common pool: its threads may have come into being inside a host. */
  private static void onItsOwnThread(Runnable work) {
    try {
      var _ = LabThreads.start("warren-stop", work);
    } catch (IOException tooMany) {
      // Then one after the other.
      work.run();
    }
  }
}
