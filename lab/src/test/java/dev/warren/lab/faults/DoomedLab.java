package dev.warren.lab.faults;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.capture.Capture;
import dev.warren.lab.cgroup.MayLimit;
import dev.warren.lab.control.Registration;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.control.Supervision;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.HostLimits;
import dev.warren.lab.description.InterfaceDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.process.HostCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The life of a lab with all that may be left behind, to be killed in the middle of it: it says in
 * which phase it is.
 */
final class DoomedLab {
  /** Forks twice, in a session of its own, and heeds no signal that can be ignored. */
  private static final String DAEMON =
      """
      trap '' TERM HUP INT QUIT USR1 USR2
      (setsid sh -c 'trap "" TERM HUP INT; (while :; do sleep 1; done) & sleep 1000' &) &
      sleep 1000
      """;

  /** What comes after the other. */
  enum Phase {
    /** The lab is being made. */
    MAKING,

    /** It is used. */
    RUNNING,

    /** It is taken down. */
    ENDING,

    /** It is gone; the JVM waits. */
    ENDED
  }

  private DoomedLab() {}

  /**
   * Waits for a line, and lives.
   *
   * @param arguments "registered" for a lab as {@code warren up} makes it, anything else for one as
   *     a test has it; the folder of running labs; the lab's name
   */
  public static void main(String[] arguments) throws Exception {
    LabDescription lab = lab(arguments[2]);
    if (System.in.read() < 0) {
      return;
    }
    say(Phase.MAKING);
    if (arguments[0].equals("registered")) {
      Registration registration = RunningLabs.in(Path.of(arguments[1])).register(lab.name());
      try (registration;
          Lab running = Lab.start(lab, LabSettings.in(registration.stateDirectory()));
          Supervision _ = Supervision.of(registration, running, false)) {
        use(running);
        say(Phase.ENDING);
      }
    } else {
      try (Lab running = Lab.start(lab, LabSettings.in(Path.of(arguments[1], "none")))) {
        use(running);
        say(Phase.ENDING);
      }
    }
    say(Phase.ENDED);
    // With the tests' JVM it ends at the latest.
    while (System.in.read() >= 0) {}
  }

  private static void say(Phase phase) {
    System.out.println(phase);
  }

  private static LabDescription lab(String name) throws IOException {
    HostBuilder b =
        HostDescription.named("b")
            .on(
                new InterfaceDescription("lan", 2)
                    .withConditions(
                        LinkConditions.both(Conditions.NONE.withDelay(Duration.ofMillis(1)))))
            .service(ServiceDescription.script("daemon", DAEMON).build());
    if (MayLimit.may("pids")) {
      b.limits(HostLimits.NONE.withProcesses(100));
    }
    return LabDescription.builder(name)
        .network("lan", "10.53.57.0/24")
        .host(HostDescription.named("a").on("lan", 1).isolation(HostIsolation.NONE.withUser()))
        .host(b)
        .host(HostDescription.named("c").on("lan", 3))
        .build();
  }

  private static void use(Lab lab) throws Exception {
    say(Phase.RUNNING);
    for (String host : List.of("root", "a", "b", "c")) {
      lab.host(host).start(HostCommand.shell(DAEMON));
    }
    lab.host("a").start(HostCommand.of("sleep", "1000").terminal(24, 80));
    try (Capture _ =
        lab.capture(
            new CaptureTarget.Network("lan"),
            Channels.newChannel(OutputStream.nullOutputStream()),
            CaptureDescription.WHOLE_FRAMES)) {
      lab.host("c").link("lan").cut();
      lab.host("a").freeze();
      Thread.sleep(100);
      lab.host("c").link("lan").mend();
      lab.host("a").thaw();
      lab.host("a").start(HostCommand.shell("getent hosts b")).waitFor();
      lab.remove(lab.host("c"));
    }
  }
}
