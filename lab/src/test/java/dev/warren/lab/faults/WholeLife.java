package dev.warren.lab.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.capture.Capture;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.Firewall;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.HostRouting;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.lab.process.HostProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The whole life of a lab of three hosts: made, used in all ways, changed, taken down. What fails
 * of its use is tried once more, and then must work.
 */
final class WholeLife {
  private static final long LONGEST_COMMAND = 20;

  private final LabSettings settings;
  private final boolean enclosed;
  private final List<Failure> failures = new ArrayList<>();
  private String step = "";

  /**
   * Something failed.
   *
   * @param step what was done
   * @param about what a message about it has to name
   */
  record Failure(String step, String about, Throwable reason) {}

  /** A step of it. */
  private interface Step {
    void take() throws Exception;
  }

  /**
   * A life to be lived once.
   *
   * @param enclosed whether one of the hosts has a user namespace of its own
   */
  WholeLife(LabSettings settings, boolean enclosed) {
    this.settings = settings;
    this.enclosed = enclosed;
  }

  /** Lives it, and gives what failed. */
  List<Failure> live() throws Exception {
    step = "start";
    Lab started;
    try {
      started = Lab.start(before(), settings);
    } catch (IOException | RuntimeException | Error failure) {
      failures.add(new Failure(step, "", failure));
      return failures;
    }
    try (Lab lab = started) {
      use(lab);
      step = "close";
    }
    return failures;
  }

  /** What it does now; for any thread. */
  String step() {
    return step;
  }

  private void use(Lab lab) throws Exception {
    attempt("exec", "host a", () -> require("10.53.57.2", ask(lab, "a", "getent hosts b")));
    attempt("write a file", "host b", () -> write(lab.host("b")));
    attempt("read a file", "host b", () -> require("mine", ask(lab, "b", "cat /tmp/note")));
    attempt(
        "terminal", "host c|terminal /dev/pts", () -> require("/dev/", onTerminal(lab.host("c"))));
    attempt("another user", "host a", () -> require("nobody", asNobody(lab.host("a"))));
    attempt("cut", "host a", () -> lab.host("a").link("lan").cut());
    attempt("mend", "host a", () -> lab.host("a").link("lan").mend());
    attempt("capture", "lan", () -> capture(lab));
    attempt("freeze", "host a", () -> lab.host("a").freeze());
    attempt("thaw", "host a", () -> lab.host("a").thaw());
    attempt("reboot", "host c", () -> lab.host("c").reboot());
    attempt("conditions", "host b", () -> lab.setConditions("b", 2, slow()));
    attempt("apply", "host|lan|veth", () -> lab.apply(after()));
    attempt("exec again", "host d", () -> require("10.53.57.1", ask(lab, "d", "getent hosts a")));
    attempt("no conditions", "host b", () -> lab.setConditions("b", 2, LinkConditions.PERFECT));
  }

  private void attempt(String name, String about, Step body) throws Exception {
    step = name;
    try {
      body.take();
    } catch (Exception | Error failure) {
      failures.add(new Failure(name, about, failure));
      step = name + ", tried again";
      try {
        body.take();
      } catch (Exception | Error second) {
        second.addSuppressed(failure);
        throw new IllegalStateException(name + " does not work the second time", second);
      }
    }
  }

  private static LinkConditions slow() {
    return LinkConditions.both(Conditions.NONE.withDelay(Duration.ofMillis(1)));
  }

  private LabDescription before() {
    HostBuilder c = HostDescription.named("c").on("lan", 3);
    if (enclosed) {
      c.isolation(HostIsolation.NONE.withUser());
    }
    return LabDescription.builder("faulty")
        .network("lan", "10.53.57.0/24")
        .host(a("first"))
        .host(b())
        .host(c)
        .build();
  }

  /** One host more, one less, another file. */
  private LabDescription after() {
    return LabDescription.builder("faulty")
        .network("lan", "10.53.57.0/24")
        .host(a("second"))
        .host(b())
        .host(HostDescription.named("d").on("lan", 4))
        .build();
  }

  private static HostBuilder a(String text) {
    return HostDescription.named("a")
        .on("lan", 1)
        .file(new FileDescription(Path.of("/etc/motd"), 0644, text))
        .routing(
            HostRouting.NONE.firewall(
                Firewall.OPEN.rule(
                    Firewall.Rule.deny(Firewall.Way.INPUT).carrying(Firewall.Protocol.TCP, "81"))));
  }

  private static HostBuilder b() {
    return HostDescription.named("b")
        .on("lan", 2)
        .service(ServiceDescription.script("daemon", "exec sleep 1000").build());
  }

  private static void write(Host host) throws IOException {
    host.run(() -> Files.writeString(Path.of("/tmp/note"), "mine"));
  }

  private static String ask(Lab lab, String host, String script) throws Exception {
    return said(lab.host(host).start(HostCommand.shell(script).mergeErrors()));
  }

  private static String asNobody(Host host) throws Exception {
    boolean several = !Files.readString(Path.of("/proc/self/uid_map")).strip().endsWith(" 1");
    HostCommand command = HostCommand.shell("id -un").mergeErrors();
    // With a single id there is no other user.
    return several ? said(host.start(command.user("nobody"))) : "nobody";
  }

  private static String onTerminal(Host host) throws Exception {
    return said(host.start(HostCommand.of("tty").terminal(24, 80)));
  }

  private static String said(HostProcess process) throws Exception {
    try (var _ = process.getOutputStream();
        var out = process.getInputStream();
        var _ = process.getErrorStream()) {
      String said = new String(out.readAllBytes(), UTF_8);
      if (!process.waitFor(LONGEST_COMMAND, TimeUnit.SECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " goes on");
      }
      return said;
    } finally {
      process.destroyForcibly();
    }
  }

  private static void require(String wanted, String said) {
    if (!said.contains(wanted)) {
      throw new IllegalStateException("not " + wanted + " but " + said);
    }
  }

  private static void capture(Lab lab) throws Exception {
    Capture capture =
        lab.capture(
            new CaptureTarget.Network("lan"),
            Channels.newChannel(OutputStream.nullOutputStream()),
            CaptureDescription.WHOLE_FRAMES);
    capture.close();
    if (capture.failure().isPresent()) {
      throw capture.failure().get();
    }
  }
}
