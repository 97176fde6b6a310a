package dev.warren.lab;

import dev.warren.lab.description.ServiceName;
import dev.warren.lab.event.Event;
import dev.warren.lab.service.ServiceEvent;
import java.util.Optional;
import java.util.OptionalInt;

/** What services do, as events of the lab. */
final class ServiceEvents {
  private ServiceEvents() {}

  /** The event of the lab; none for what the next one says anyway. */
  static Optional<Event> of(ServiceEvent event) {
    ServiceName service = event.service();
    return switch (event) {
      case ServiceEvent.Started _ -> changed(service, "started");
      case ServiceEvent.Ready _ -> changed(service, "ready");
      case ServiceEvent.Stopped _ -> changed(service, "stopped");
      case ServiceEvent.Restarting _ -> Optional.empty();
      case ServiceEvent.Ended ended ->
          Optional.of(
              new Event.ServiceChanged(
                  service.host(),
                  service.service(),
                  "ended",
                  OptionalInt.of(ended.code()),
                  Optional.empty()));
      case ServiceEvent.Failed failed ->
          Optional.of(
              new Event.ServiceChanged(
                  service.host(),
                  service.service(),
                  "failed",
                  OptionalInt.empty(),
                  Optional.of(failed.reason())));
    };
  }

  private static Optional<Event> changed(ServiceName service, String state) {
    return Optional.of(
        new Event.ServiceChanged(
            service.host(), service.service(), state, OptionalInt.empty(), Optional.empty()));
  }
}
