package dev.warren.lab.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens in one lab. Listeners are called one event after the other, on the thread that made
 * it happen: who has much to do with it does that elsewhere. For any thread.
 */
public final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  /** Longer than any start of a lab takes, unless nobody ever wants to know. */
  private static final int MOST_REMEMBERED = 10_000;

  private final List<Consumer<Occurrence>> listeners = new CopyOnWriteArrayList<>();
  private final Deque<Occurrence> earlier = new ArrayDeque<>();
  private boolean remembers = true;

  /** Nobody listens yet. */
  public Events() {}

  /** A listener that hears no more when it is closed. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Calls a listener with everything that happens from now on. */
  public Subscription subscribe(Consumer<Occurrence> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /**
   * Calls a listener with what has happened since the lab began to start, and with everything from
   * now on. After the first one that asks for it, what happened is not remembered any more.
   */
  public synchronized Subscription subscribeFromStart(Consumer<Occurrence> listener) {
    earlier.forEach(listener);
    earlier.clear();
    remembers = false;
    return subscribe(listener);
  }

  /** Tells everybody; a listener that fails keeps nothing from the others. */
  public synchronized void publish(Event event) {
    Occurrence now = new Occurrence(Instant.now().truncatedTo(ChronoUnit.MILLIS), event);
    if (remembers) {
      earlier.add(now);
      if (earlier.size() > MOST_REMEMBERED) {
        earlier.remove();
      }
    }
    for (Consumer<Occurrence> listener : listeners) {
      try {
        listener.accept(now);
      } catch (RuntimeException failure) {
        // Listeners are the caller's, and may throw anything.
        LOG.error("a listener failed at {}", event, failure);
      }
    }
  }
}
