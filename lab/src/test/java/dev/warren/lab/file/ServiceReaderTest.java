package dev.warren.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.lab.description.Condition;
import dev.warren.lab.description.RestartPolicy;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.description.SignalName;
import dev.warren.lab.source.BadInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Services in lab files. */
class ServiceReaderTest {
  private static List<ServiceDescription> read(String services) throws BadInputException {
    return LabFile.parse("lab.yaml", "hosts:\n  a:\n    services:\n" + services.indent(6))
        .hosts()
        .getFirst()
        .services();
  }

  private static void assertProblems(String services, String... problems) {
    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(() -> read(services))
        .satisfies(
            bad ->
                assertThat(bad.problems())
                    .extracting(
                        problem ->
                            "%d:%d: %s"
                                .formatted(
                                    problem.position().line(),
                                    problem.position().column(),
                                    problem.message()))
                    .containsExactly(problems));
  }

  @Test
  void everyKeyIsTaken() throws Exception {
    List<ServiceDescription> services =
        read(
            """
            tables:
              type: once
              script: |
                mkdir /srv/data
              ready: {within: 1m}
            db:
              command: [dbd, --foreground]
              user: db
              directory: /srv
              environment: {TZ: UTC, PORT: 80}
              needs: [tables]
              ready:
                port: 5432
                udp: 53
                socket: /run/db.sock
                log: 'accept'
                command: [db-ping]
                http: {port: 80, path: /health, status: 204}
                file: /run/db.pid
                any: [{port: 1}, {port: 2, file: /x}]
                within: 20s
              restart: {when: on-failure, limit: 3, delay: 1s}
              stop: {signal: SIGINT, within: 5s}
              log: /var/log/db.log
            """);

    assertThat(services.getFirst())
        .isEqualTo(
            ServiceDescription.script("tables", "mkdir /srv/data\n")
                .once()
                .within(Duration.ofMinutes(1))
                .build());
    assertThat(services.getLast())
        .isEqualTo(
            ServiceDescription.of("db", "dbd", "--foreground")
                .user("db")
                .directory(Path.of("/srv"))
                .environment("TZ", "UTC")
                .environment("PORT", "80")
                .needs("tables")
                .ready(new Condition.Tcp(5432))
                .ready(new Condition.Udp(53))
                .ready(new Condition.UnixSocket(Path.of("/run/db.sock")))
                .ready(new Condition.LogLine("accept"))
                .ready(new Condition.Command(List.of("db-ping")))
                .ready(new Condition.Http(80, "/health", 204))
                .ready(new Condition.FileExists(Path.of("/run/db.pid")))
                .ready(
                    new Condition.AnyOf(
                        List.of(
                            new Condition.Tcp(1),
                            new Condition.AllOf(
                                List.of(
                                    new Condition.Tcp(2),
                                    new Condition.FileExists(Path.of("/x")))))))
                .within(Duration.ofSeconds(20))
                .restart(new RestartPolicy(RestartPolicy.When.ON_FAILURE, 3, Duration.ofSeconds(1)))
                .stop(SignalName.INT, Duration.ofSeconds(5))
                .log(Path.of("/var/log/db.log"))
                .build());
  }

  @Test
  void aWordIsEnoughForARestartPolicy() throws Exception {
    assertThat(read("a: {command: [x], restart: always}").getFirst().restart())
        .isEqualTo(RestartPolicy.of(RestartPolicy.When.ALWAYS));
  }

  @Test
  void aCommandThatIsATextIsAScript() throws Exception {
    assertThat(
            read("a: {command: [x], ready: {command: test -e /x}}").getFirst().ready().condition())
        .contains(
            new Condition.Command(List.of("bash", "-e", "-o", "pipefail", "-c", "test -e /x")));
  }

  @Test
  void theRootHasServicesToo() throws Exception {
    assertThat(
            LabFile.parse("lab.yaml", "root: {services: {web: {command: [x]}}}\nhosts: {}")
                .root()
                .services())
        .containsExactly(ServiceDescription.of("web", "x").build());
  }

  @Test
  void mistakesAreReportedAtTheirPlaces() {
    assertProblems(
        """
        none: {}
        both: {command: [x], script: y}
        -bad: {command: [x]}
        web:
          command: [x]
          type: forever
          restart: sometimes
          stop: {signal: FRIENDLY}
          directory: srv
          ready: {port: 70000, log: '(', within: 0s, any: [], http: {path: /}}
          wants: [db]
        """,
        "4:13: say what to run: \"command: [PROGRAM, ARGUMENT...]\" or \"script: TEXT\"",
        "5:14: give \"command\" or \"script\", not both",
        "6:7: \"-bad\" is no name for a service: a letter or digit first, then letters, digits,"
            + " - _ ., at most 63",
        "9:15: a type of service is \"long-running\" or \"once\"",
        "10:18: a service is restarted never, on-failure, always",
        "11:24: no signal \"FRIENDLY\" here, only HUP, INT, QUIT, KILL, USR1, USR2, ALRM, TERM,"
            + " CONT, STOP, WINCH",
        "12:20: \"srv\" is not an absolute path",
        "13:23: 70000 is out of range: 1 to 65535",
        "13:35: \"(\" is no regular expression: Unclosed group",
        "13:48: a time limit must be more than nothing",
        "13:57: none of no conditions can be met",
        "13:67: the key \"port\" is missing here",
        "14:9: unknown key \"wants\"; known here: command, script, type, user, directory,"
            + " environment, needs, restart, stop, log, ready");
  }

  @Test
  void whatServicesNeedOfEachOtherIsReportedAtTheService() {
    assertProblems(
        """
        web: {command: [x], needs: [db]}
        x: {command: [x], needs: [y]}
        y: {command: [x], needs: [x]}
        """,
        "4:7: there is no service a/db, which a/web needs",
        "5:7: services wait for each other: a/x needs a/y needs a/x");
  }

  @Test
  void aServiceWithAMistakeIsNotMissing() {
    assertProblems(
        """
        web: {command: [x], needs: [db]}
        db: {command: [x], type: y}
        """,
        "5:32: a type of service is \"long-running\" or \"once\"");
  }

  @Test
  void aCommandWhoseProgramHasNoNameIsReported() {
    assertProblems("web: {command: [\"\", x]}", "4:22: a command needs a program");
  }

  @Test
  void environmentIsText() throws Exception {
    assertThat(read("a: {command: [x], environment: {A: 1}}").getFirst().environment())
        .isEqualTo(Map.of("A", "1"));
  }
}
