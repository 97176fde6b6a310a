package dev.warren.selftest.testenv;

import java.util.List;
import java.util.Optional;

/** Something that a testenv keeps running. */
public sealed interface Service {

  /** Its name, unique in the testenv. */
  String name();

  /**
   * A program in the testenv's host.
   *
   * @param script starts it, and runs as long as it does
   * @param log where its output goes; {@code $ENVDIR/logs/NAME.log} unless said
   * @param ready what must succeed before the service counts as ready, in order
   */
  record Daemon(String name, String script, Optional<Template> log, List<Step> ready)
      implements Service {
    /** Copies the list. */
    public Daemon {
      ready = List.copyOf(ready);
    }
  }

  /** The lab's own DNS service, answering at the host's address. */
  record DnsHub(String name) implements Service {}
}
