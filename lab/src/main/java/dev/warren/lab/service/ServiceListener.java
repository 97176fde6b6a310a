package dev.warren.lab.service;

/**
 * Is told what services do, in the order in which it happens to each, on threads of the services:
 * it must be quick, and may not stop or start a service.
 */
@FunctionalInterface
public interface ServiceListener {
  /** Something happened. */
  void happened(ServiceEvent event);

  /** Nobody listens. */
  static ServiceListener none() {
    return event -> {};
  }
}
