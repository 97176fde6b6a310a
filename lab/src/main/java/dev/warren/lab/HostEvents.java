package dev.warren.lab;

import dev.warren.lab.event.Event;
import dev.warren.lab.event.Events;
import dev.warren.lab.host.NamespaceMachine;
import dev.warren.lab.plan.HostListener;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes events of hosts as they come and go: before those of what runs in them. */
final class HostEvents implements HostListener {
  private final Events events;
  private volatile Consumer<NamespaceMachine> handles = _ -> {};
  private volatile Optional<String> rebooting = Optional.empty();

  HostEvents(Events events) {
    this.events = events;
  }

  /** Hears of each machine before anybody else does. */
  void first(Consumer<NamespaceMachine> listener) {
    handles = listener;
  }

  /** Whose next init is a reboot's. */
  void rebooting(Optional<String> host) {
    rebooting = host;
  }

  @Override
  public void up(NamespaceMachine host) {
    handles.accept(host);
    long pid = host.init().pid();
    boolean again = rebooting.filter(host.name()::equals).isPresent();
    events.publish(
        again ? new Event.HostRebooted(host.name(), pid) : new Event.HostUp(host.name(), pid));
  }

  @Override
  public void gone(String host) {
    events.publish(new Event.HostGone(host));
  }
}
