package dev.warren.selftest.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Results of tests, damaged: events that fit each other, the same however the bytes come. */
class SubunitFuzzTest {
  private static final List<String> SPICE =
      List.of(
          "\n",
          "]\n",
          " [\n",
          ":",
          "test: ",
          "success: ",
          "failure: ",
          "skip: ",
          "xfail: ",
          "uxsuccess: ",
          "time: ",
          "progress: +3\n",
          "progress: push\n",
          " multipart",
          "testsuite: ",
          "testsuite-failure: ",
          "\r\n",
          "\0",
          "\t",
          "error: a [\n");

  private static final List<String> GOOD =
      List.of(
          "time: 2026-03-01 12:00:05.123456Z\ntest: a.b(c)\nsuccess: a.b(c)\n",
          """
          testsuite: s
          progress: 3
          test: a
          failure: a [
          why
          ]
          test: b
          skip: b [
          no
          ]
          testsuite-failure: s [
          bad
          ]
          """,
          "test: grüß\noutput\nxfail: grüß\ntest: open\n");

  @Test
  void results() throws Exception {
    Fuzz.check(
        "subunit",
        100,
        random -> {
          byte[] text = Damage.texts(SPICE, GOOD).apply(random).getBytes(StandardCharsets.UTF_8);
          return Damage.bytes(random, text, List.of(text));
        },
        bytes -> {
          List<SubunitEvent> events = events(bytes, bytes.length);
          assertThat(events(bytes, 1)).as("byte by byte").isEqualTo(events);
          Set<String> open = new HashSet<>();
          int finished = 0;
          for (SubunitEvent event : events) {
            if (event instanceof SubunitEvent.TestStarted(String id)) {
              assertThat(open.add(id)).as("%s starts once", id).isTrue();
            } else if (event instanceof SubunitEvent.TestFinished done) {
              finished++;
              open.remove(done.id());
            }
          }
          assertThat(open).as("all end").isEmpty();
          return finished > 0 ? Outcome.ACCEPTED : Outcome.REJECTED;
        });
  }

  private static List<SubunitEvent> events(byte[] bytes, int piece) {
    List<SubunitEvent> events = new ArrayList<>();
    SubunitParser parser = new SubunitParser(events::add);
    for (int at = 0; at < bytes.length; at += piece) {
      parser.feed(bytes, at, Math.min(piece, bytes.length - at));
    }
    parser.finish();
    return events;
  }

  @Test
  void times() throws Exception {
    Fuzz.check(
        "subunit: times",
        100,
        Damage.texts(
            List.of("-", ":", "T", "Z", "+", " ", ".", "0", "99"),
            List.of(
                "2026-03-01 12:00:05.123456Z", "2026-03-01T12:00:05+01:00", "2026-03-01 12:00:05")),
        text -> {
          Optional<Instant> read = SubunitTime.parse(text);
          if (read.isEmpty()) {
            return Outcome.REJECTED;
          }
          Instant micros = read.get().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
          assertThat(SubunitTime.parse(SubunitTime.format(read.get()))).contains(micros);
          return Outcome.ACCEPTED;
        });
  }
}
