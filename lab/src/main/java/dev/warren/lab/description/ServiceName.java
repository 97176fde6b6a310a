package dev.warren.lab.description;

/**
 * Which service of which host.
 *
 * @param host the name of the host
 * @param service its name there
 */
public record ServiceName(String host, String service) implements Comparable<ServiceName> {
  /**
   * Reads {@code service}, which is one of the same host, or {@code host/service}.
   *
   * @param here the name of the host that says it
   */
  public static ServiceName parse(String text, String here) {
    int slash = text.indexOf('/');
    return slash < 0
        ? new ServiceName(here, text)
        : new ServiceName(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public int compareTo(ServiceName other) {
    int hosts = host.compareTo(other.host);
    return hosts != 0 ? hosts : service.compareTo(other.service);
  }

  /** {@code host/service}. */
  @Override
  public String toString() {
    return host + "/" + service;
  }
}
