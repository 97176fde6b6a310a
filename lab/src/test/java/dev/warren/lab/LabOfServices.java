package dev.warren.lab;

import dev.warren.lab.description.Condition;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabBuilder;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.ServiceBuilder;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.service.ServiceEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of services share: a lab whose hosts have some, and some to be had. */
abstract class LabOfServices {
  @TempDir Path state;

  /** What happened to them. */
  final List<ServiceEvent> events = new CopyOnWriteArrayList<>();

  final Lab start(HostBuilder... hosts) throws IOException {
    LabBuilder lab = LabDescription.builder("services");
    for (HostBuilder host : hosts) {
      lab.host(host);
    }
    return Lab.start(lab.build(), LabSettings.in(state).withServiceListener(events::add));
  }

  final Lab start(ServiceBuilder... services) throws IOException {
    HostBuilder host = HostDescription.named("a").on("selftest0");
    for (ServiceBuilder service : services) {
      host.service(service.build());
    }
    return start(host);
  }

  static ServiceBuilder script(String name, String text) {
    return ServiceDescription.script(name, text);
  }

  /** A service that writes a line to a file of all services, and then stays. */
  static ServiceBuilder recorded(String name) {
    return script(name, "echo %s >>/tmp/order; exec sleep 900".formatted(name))
        .ready(new Condition.Command(List.of("grep", "-q", name, "/tmp/order")));
  }

  static ServiceBuilder web(String name, int port) {
    return ServiceDescription.of(
            name,
            "python3",
            "-u",
            "-m",
            "http.server",
            Integer.toString(port),
            "--directory",
            "/tmp")
        .ready(new Condition.Tcp(port));
  }
}
