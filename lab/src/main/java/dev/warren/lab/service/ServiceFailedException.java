package dev.warren.lab.service;

import dev.warren.lab.description.ServiceName;
import java.io.IOException;

/** A service does not run, or was not ready in time; its message holds the end of its log. */
public final class ServiceFailedException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient ServiceName service;
  private final String reason;

  /**
   * A failure.
   *
   * @param reason why, in one line
   * @param log the last lines of its log; may be empty
   */
  ServiceFailedException(ServiceName service, String reason, String log) {
    super(
        "service %s %s%s"
            .formatted(
                service,
                reason,
                log.isBlank() ? "" : "; the end of its log:\n" + log.stripTrailing().indent(2)));
    this.service = service;
    this.reason = reason;
  }

  /** Which service. */
  public ServiceName service() {
    return service;
  }

  /** Why, in one line: "did not become ready within 30s: port 80: Connection refused". */
  public String reason() {
    return reason;
  }
}
