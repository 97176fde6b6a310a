package dev.warren.selftest.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.subunit.SubunitEvent;
import dev.warren.selftest.subunit.SubunitEvent.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JUnitXmlReaderTest {
  private static final String GOOD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="all">
        <testsuite name="outer" tests="4" failures="1" errors="1">
          <testsuite name="inner">
            <testcase classname="com.x.Test" name="passes" time="1.5"/>
            <testcase classname="com.x.Test" name="fails" time="1,000.5">
              <failure message="expected 1" type="AssertionError">AssertionError: expected 1
          at line 3</failure>
              <system-out>noise</system-out>
            </testcase>
          </testsuite>
          <testcase name="breaks"><error message="no &lt;file>"/></testcase>
          <testcase classname="c" name="skipped"><skipped message="no server"/></testcase>
          <testcase classname="g" name="DISABLED_x" status="notrun"/>
        </testsuite>
      </testsuites>
      """;

  @Test
  void readsNestedSuitesAndEveryResult() {
    assertThat(results(Map.of("TEST-a.xml", GOOD)))
        .containsExactly(
            "success: com.x.Test.passes",
            "failure: com.x.Test.fails: AssertionError: expected 1\n    at line 3",
            "error: breaks: no <file>",
            "skip: c.skipped: no server",
            "skip: g.DISABLED_x");
  }

  @Test
  void tellsHowLongTestsTook() {
    List<SubunitEvent> events = read(Map.of("TEST-a.xml", GOOD));
    List<Time> times =
        events.stream().filter(Time.class::isInstance).map(Time.class::cast).toList();
    assertThat(Duration.between(times.getFirst().instant(), times.getLast().instant()))
        .isEqualTo(Duration.ofSeconds(1002));
  }

  @Test
  void readsEveryFileThatIsOne() {
    assertThat(
            results(
                Map.of(
                    "pom.xml", "<project/>",
                    "target/TEST-b.xml", "<testsuite><testcase name='b'/></testsuite>",
                    "broken.xml", "no xml at all",
                    "results.xml", "<testsuite><testcase name='r'/></testsuite>")))
        .containsExactly("success: r", "success: b");
  }

  @Test
  void makesAnErrorOfAFileThatIsCutOff() {
    String cut = GOOD.substring(0, GOOD.indexOf("</testcase>"));
    List<String> results = results(Map.of("r.xml", cut));
    assertThat(results).hasSize(3);
    assertThat(results.get(1)).startsWith("error: com.x.Test.fails").contains("ends here");
    assertThat(results.get(2)).startsWith("error: r.xml: r.xml is no file of JUnit's XML: line ");
  }

  @Test
  void makesAnErrorWhereThereIsNoFile() {
    assertThat(results(Map.of("pom.xml", "<project/>")))
        .containsExactly(
            "error: the suite: the command left no TEST-*.xml and no other file of JUnit's XML");
  }

  @Test
  void makesAnErrorOfAResultFileWithAnotherRoot() {
    assertThat(results(Map.of("TEST-a.xml", "<html/>")))
        .containsExactly(
            "error: TEST-a.xml: TEST-a.xml is no file of JUnit's XML: its root is <html>");
  }

  @Test
  void makesAnErrorOfFailuresThatAreOnlyCounted() {
    assertThat(results(Map.of("TEST-a.xml", "<testsuite name='s' failures='2'/>")))
        .containsExactly("error: s: TEST-a.xml counts failures or errors, but has none");
  }

  @Test
  void countsAProblemOutsideOfTests() {
    assertThat(results(Map.of("t.xml", "<testsuite name='s'><error>set-up</error></testsuite>")))
        .containsExactly("error: s: set-up");
  }

  @Test
  void readsNeitherDocumentTypesNorFilesThatTheyName() {
    String bomb =
        """
        <!DOCTYPE t [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY x SYSTEM "file:///etc/passwd">]>
        <testsuite><testcase name="n"><failure>&b;&x;</failure></testcase></testsuite>
        """;
    assertThat(String.join("\n", results(Map.of("TEST-a.xml", bomb))))
        .contains("error")
        .doesNotContain("aaaa", "root:");
  }

  @Test
  void readsOtherEncodingsAndReplacesBytesThatAreNoCharacters() {
    byte[] latin =
        "<?xml version='1.0' encoding='ISO-8859-1'?><testsuite><testcase name='\u00e4'/></testsuite>"
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] bad =
        "<testsuite><testcase name='\u00e4'/></testsuite>".getBytes(StandardCharsets.ISO_8859_1);
    TreeMap<String, byte[]> files = new TreeMap<>(Map.of("a.xml", latin, "b.xml", bad));
    assertThat(
            Readings.results(
                Readings.events(
                    ResultFormat.JUNIT_XML, new byte[0], 1, () -> files, Outcome.SUCCESS)))
        .containsExactly("success: \u00e4", "success: \ufffd");
  }

  @Test
  void makesAnErrorOfFilesThatCannotBeRead() {
    List<SubunitEvent> events =
        Readings.events(
            ResultFormat.JUNIT_XML,
            new byte[0],
            1,
            () -> {
              throw new IOException("no space");
            },
            Outcome.SUCCESS);
    assertThat(Readings.results(events))
        .containsExactly("error: the suite: the files of results cannot be read: no space");
  }

  @Test
  void isConsistentWhateverTheBytes() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder(GOOD);
      for (int i = random.nextInt(4); i > 0; i--) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(60));
        switch (random.nextInt(3)) {
          case 0 -> text.delete(at, end);
          case 1 -> text.insert(at, text.substring(at, end));
          default -> text.setCharAt(at, (char) random.nextInt(300));
        }
      }
      Readings.assertConsistent(read(Map.of("TEST-a.xml", text.toString())));
    }
  }

  private static List<String> results(Map<String, String> files) {
    return Readings.results(read(files));
  }

  private static List<SubunitEvent> read(Map<String, String> files) {
    TreeMap<String, byte[]> bytes = new TreeMap<>();
    files.forEach((name, text) -> bytes.put(name, Readings.bytes(text)));
    return Readings.events(
        ResultFormat.JUNIT_XML, Readings.bytes("output\n"), 3, () -> bytes, Outcome.SUCCESS);
  }
}
