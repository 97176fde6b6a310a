package dev.warren.junit;

import dev.warren.lab.Lab;
import dev.warren.lab.event.EventLog;
import dev.warren.lab.event.Occurrence;
import dev.warren.lab.service.Service;
import java.io.IOException;
import java.util.List;

/**
 * What a lab was like when a test failed; suppressed in the test's exception, so that every runner
 * shows it.
 */
public final class LabState extends Exception {
  private static final long serialVersionUID = 1;

  private static final int EVENTS = 40;
  private static final int LOG_LINES = 20;

  private LabState(String message) {
    super(message, null, false, false);
  }

  static LabState of(Lab lab, List<Occurrence> events) {
    StringBuilder text =
        new StringBuilder("what happened in lab " + lab.description().name() + ":");
    events.stream()
        .skip(Math.max(0, events.size() - EVENTS))
        .forEach(event -> text.append("\n  ").append(EventLog.line(event)));
    for (Service service : lab.services()) {
      text.append("\nlog of ").append(service.name()).append(":");
      log(service).lines().forEach(line -> text.append("\n  ").append(line));
    }
    return new LabState(text.toString());
  }

  private static String log(Service service) {
    try {
      return service.logTail(LOG_LINES);
    } catch (IOException failure) {
      return "cannot be read: " + failure.getMessage();
    }
  }
}
