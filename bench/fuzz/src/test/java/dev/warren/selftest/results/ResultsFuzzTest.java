package dev.warren.selftest.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.selftest.subunit.SubunitEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Results of suites, damaged: events that fit each other, the same however the bytes come. */
class ResultsFuzzTest {
  private static final List<String> TAP =
      List.of(
          "TAP version 13\n1..2\nok 1 - a\nnot ok 2 - b # TODO later\n",
          """
          TAP version 14
          # Subtest: s
              ok 1 - x
              not ok 2 - y
                ---
                message: 'no'
                ...
              1..2
          not ok 1 - s
          # why
          Bail out! enough
          """,
          "1..0 # skip no server\n",
          "ok\nnot ok\n1..2\n");

  private static final List<String> TAP_SPICE =
      List.of(
          "\n",
          "ok",
          "not ok",
          " 1",
          "    ",
          "  ---\n",
          "  ...\n",
          "1..",
          "#",
          "# SKIP",
          "# TODO",
          "# Subtest: t\n",
          "Bail out!",
          "\\#",
          "\r",
          "- ",
          "pragma +strict\n",
          "999999999");

  /** Start and end of test foo, a failure of it with a traceback, and one with time and tags. */
  private static final List<byte[]> PACKETS =
      List.of(
          HexFormat.of().parseHex("b329020c03666f6f8ec12db5" + "b329030c03666f6f459dfe10"),
          HexFormat.of()
              .parseHex("b329662003666f6f0a746578742f706c61696e036c6f670473616964f6476e18"),
          HexFormat.of().parseHex("b32f831669a42b650503666f6f0101780130bf199b6d"),
          "before \u00f3\n".getBytes(StandardCharsets.UTF_8));

  private static final List<String> XML =
      List.of(
          """
          <?xml version="1.0" encoding="UTF-8"?>
          <testsuites><testsuite name="s" failures="1">
          <testcase classname="c" name="n" time="0.5"><failure message="m">text</failure></testcase>
          <testcase name="k"><skipped/></testcase><system-out><![CDATA[x]]></system-out>
          </testsuite></testsuites>
          """,
          "<testsuite tests='1'><testcase classname='c' name='n' time='1'/></testsuite>",
          "<testsuite><testsuite><error>e</error></testsuite><testcase name='&lt;'/></testsuite>");

  private static final List<String> XML_SPICE =
      List.of(
          "<",
          ">",
          "</testcase>",
          "<testcase name='a'>",
          "<testsuite>",
          "</testsuite>",
          "&",
          "&amp;",
          "&#0;",
          "<!DOCTYPE x [<!ENTITY a 'b'>]>",
          "&a;",
          "<![CDATA[",
          "]]>",
          "<!--",
          "time='NaN'",
          "<failure>",
          "<error message=''/>",
          "xmlns='y'",
          "encoding='UTF-16'");

  @Test
  void tap() throws Exception {
    check("results: TAP", ResultFormat.TAP, bytes(Damage.texts(TAP_SPICE, TAP)));
  }

  @Test
  void subunit2() throws Exception {
    check(
        "results: subunit 2",
        ResultFormat.SUBUNIT2,
        random -> Damage.bytes(random, Damage.one(random, PACKETS), PACKETS));
  }

  @Test
  void exitCodes() throws Exception {
    check("results: exit code", ResultFormat.EXIT_CODE, bytes(Damage.texts(TAP_SPICE, TAP)));
  }

  @Test
  void junitXml() throws Exception {
    Fuzz.check(
        "results: JUnit XML",
        40,
        bytes(Damage.texts(XML_SPICE, XML)),
        xml -> {
          ResultFiles files = () -> new TreeMap<>(Map.of("TEST-a.xml", xml));
          return consistent(events(ResultFormat.JUNIT_XML, new byte[0], 1, files));
        });
  }

  private static void check(
      String name, ResultFormat format, Function<RandomGenerator, byte[]> inputs) throws Exception {
    Fuzz.check(
        name,
        100,
        inputs,
        bytes -> {
          List<SubunitEvent> events =
              events(format, bytes, Math.max(1, bytes.length), ResultFiles.NONE);
          assertThat(events(format, bytes, 1, ResultFiles.NONE))
              .as("byte by byte")
              .isEqualTo(events);
          return consistent(events);
        });
  }

  private static Function<RandomGenerator, byte[]> bytes(Function<RandomGenerator, String> texts) {
    return random -> {
      byte[] text = texts.apply(random).getBytes(StandardCharsets.UTF_8);
      return random.nextInt(4) == 0 ? Damage.bytes(random, text, List.of(text)) : text;
    };
  }

  private static Fuzz.Outcome consistent(List<SubunitEvent> events) {
    Set<String> open = new HashSet<>();
    boolean good = true;
    for (SubunitEvent event : events) {
      if (event instanceof SubunitEvent.TestStarted(String id)) {
        assertThat(open.add(id)).as("%s starts once", id).isTrue();
        assertThat(id.lines()).as("the name is one line").hasSize(1);
      } else if (event instanceof SubunitEvent.TestFinished finished) {
        assertThat(open.remove(finished.id())).as("%s started", finished.id()).isTrue();
        good &= !finished.outcome().isBad();
      }
    }
    assertThat(open).as("all end").isEmpty();
    return good ? Fuzz.Outcome.ACCEPTED : Fuzz.Outcome.REJECTED;
  }

  private static List<SubunitEvent> events(
      ResultFormat format, byte[] bytes, int piece, ResultFiles files) {
    List<SubunitEvent> events = new ArrayList<>();
    ResultReader reader = ResultReader.of(format, "suite", files, events::add);
    for (int at = 0; at < bytes.length; at += piece) {
      reader.feed(bytes, at, Math.min(piece, bytes.length - at));
    }
    reader.finish(dev.warren.selftest.subunit.Outcome.SUCCESS, Optional.empty());
    return events;
  }
}
