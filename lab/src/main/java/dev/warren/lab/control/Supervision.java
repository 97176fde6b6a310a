package dev.warren.lab.control;

import dev.warren.lab.Lab;
import dev.warren.lab.event.Event;
import dev.warren.lab.event.EventLog;
import dev.warren.lab.event.Events;
import dev.warren.lab.event.Occurrence;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a supervisor does for others as long as its lab runs: it tells them which hosts there are
 * and how they are, writes down what happens, and takes requests.
 */
public final class Supervision implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

  private final Registration registration;
  private final Lab lab;
  private final boolean userNamespace;
  private final EventLog log;
  private final Events.Subscription writing;
  private final Events.Subscription publishing;
  private final ControlSocket socket;
  private final ExecutorService publisher =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("warren-publisher").factory());

  private Supervision(Registration registration, Lab lab, boolean userNamespace)
      throws IOException {
    this.registration = registration;
    this.lab = lab;
    this.userNamespace = userNamespace;
    registration.publish(lab, userNamespace);
    this.log = EventLog.append(registration.lab().events());
    try {
      this.writing = lab.events().subscribeFromStart(log::write);
      this.publishing = lab.events().subscribe(this::happened);
      Controller controller = new Controller(lab);
      this.socket =
          ControlSocket.listen(
              registration.lab().directory(), controller::answer, controller::capture);
    } catch (IOException | RuntimeException failure) {
      publisher.close();
      log.close();
      throw failure;
    }
  }

  /**
   * Begins.
   *
   * @param userNamespace whether this JVM runs in a user namespace that it was started in
   */
  public static Supervision of(Registration registration, Lab lab, boolean userNamespace)
      throws IOException {
    return new Supervision(registration, lab, userNamespace);
  }

  private void happened(Occurrence one) {
    switch (one.event()) {
      case Event.ProcessStarted _, Event.ProcessEnded _ -> {}
      case Event.CaptureStarted _, Event.CaptureEnded _ -> {}
      // Not at once: a service that speaks holds its lock, and all are asked how they are.
      case Event.ServiceChanged _ -> publisher.execute(this::publish);
      case Event.HostUp _, Event.HostGone _ -> {
        // Told again when the change is over; in between there may be a host less.
      }
      default -> publish();
    }
  }

  private void publish() {
    try {
      registration.publish(lab, userNamespace);
    } catch (IOException failure) {
      LOG.warn("what others know of lab {} is out of date", lab.description().name(), failure);
    }
  }

  /** Takes no more requests; the lab goes on. */
  @Override
  public void close() throws IOException {
    writing.close();
    publishing.close();
    publisher.close();
    socket.close();
    log.close();
  }
}
