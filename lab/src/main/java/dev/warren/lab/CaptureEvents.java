package dev.warren.lab;

import dev.warren.lab.capture.Capture;
import dev.warren.lab.event.Event;
import dev.warren.lab.event.Events;

/** Makes events of captures. */
final class CaptureEvents {
  private CaptureEvents() {}

  /** Of a capture's beginning, now, and of its end. */
  static void tell(Events events, Capture capture, String file) {
    String of = capture.source().name();
    events.publish(new Event.CaptureStarted(of, file));
    var _ =
        capture
            .onEnd()
            .thenAccept(
                counts -> events.publish(new Event.CaptureEnded(of, file, counts.packets())));
  }
}
