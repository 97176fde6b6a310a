package dev.warren.selftest.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.selftest.report.events.EventsReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is in the page; how it looks is {@link ReportPageInBrowserTest}'s. */
class ReportPageTest {
  @TempDir Path folder;

  @Test
  void isTheSameWheneverItIsMadeAgain() throws IOException {
    SampleRun.write(folder, 20, 5);
    String first = Files.readString(ReportPage.write(folder).page());
    assertThat(ReportPage.write(folder).page()).hasContent(first);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("events.jsonl", "report.html");
    }
  }

  @Test
  void holdsNoMarkupOfARunsOwn() throws IOException {
    SampleRun.write(folder, 30, 5);
    Path events = folder.resolve(EventsReport.FILE);
    Files.writeString(
        events,
        Files.readString(events)
            .replace("samba/quick", "</title></script><script>alert(1)//")
            .replace("AssertionError", "<!--<script>]]>&lt;\\u2028"));
    String page = Files.readString(ReportPage.write(folder).page());
    assertThat(page).doesNotContain("<script>alert", "<!--", "<img src=x", "\u2028");
    assertThat(data(page).path("plan").asString()).isEqualTo("</title></script><script>alert(1)//");
  }

  @Test
  void refersToNothingElsewhere() throws IOException {
    SampleRun.write(folder, 20, 5);
    String page = Files.readString(ReportPage.write(folder).page());
    assertThat(page)
        .doesNotContain("src=\"http", "<link", "@import", "url(")
        .contains("default-src 'none'", "script-src 'sha256-");
  }

  @Test
  void showsWhatCanBeReadOfAKilledRun() throws IOException {
    SampleRun.write(folder, 40, 6);
    Path events = folder.resolve(EventsReport.FILE);
    byte[] all = Files.readAllBytes(events);
    Files.write(events, Arrays.copyOf(all, all.length * 3 / 5));
    ReportPage.Written written = ReportPage.write(folder);
    JsonNode data = data(Files.readString(written.page()));
    assertThat(data.path("finished").asBoolean()).isFalse();
    assertThat(data.path("damaged").size()).isOne();
    // A suite that was under way has no outcome.
    assertThat(data.path("suites").valueStream().map(row -> row.get(5).asInt())).contains(-1, 0);
  }

  @Test
  void linksToNothingOutsideOfTheFolder() throws IOException {
    SampleRun.write(folder, 30, 5);
    Path events = folder.resolve(EventsReport.FILE);
    Files.writeString(
        events,
        Files.readString(events)
            .replaceAll("\"(suites|captures|fileserver)/[^\"]*[.](traces|pcapng)\"", "\"../x\""));
    JsonNode data = data(Files.readString(ReportPage.write(folder).page()));
    assertThat(data.path("suites").valueStream().map(row -> row.get(12).asString()))
        .containsOnly("");
    assertThat(
            data.path("labs")
                .valueStream()
                .flatMap(lab -> lab.path("setUps").valueStream())
                .map(setUp -> setUp.path("traces").asString() + setUp.path("capture").asString()))
        .containsOnly("");
  }

  @Test
  void knowsTheFilesOfSuitesAndSetUps() throws IOException {
    SampleRun.write(folder, 30, 5);
    JsonNode data = data(Files.readString(ReportPage.write(folder).page()));
    assertThat(data.path("suites").valueStream().map(row -> row.get(12).asString()))
        .anyMatch(path -> path.matches("suites/.*[.]traces"));
    assertThat(data.path("labs").valueStream().flatMap(lab -> lab.path("setUps").valueStream()))
        .anySatisfy(
            setUp -> {
              assertThat(setUp.path("traces").asString()).isEqualTo("fileserver/setup.traces");
              assertThat(setUp.path("capture").asString())
                  .isEqualTo("captures/env-fileserver-setup.pcapng");
            });
  }

  @Test
  void hasTheNamesOfTestsThatPassedByThemselves() throws IOException {
    SampleRun.write(folder, 60, 12);
    String page = Files.readString(ReportPage.write(folder).page());
    JsonNode rows = data(page, "passed");
    JsonNode suites = data(page).path("suites");
    assertThat(rows).hasSameSizeAs(suites);
    for (int i = 0; i < rows.size(); i++) {
      int passed = suites.get(i).get(6).get(0).asInt();
      assertThat(rows.get(i).size()).isEqualTo(passed == 0 ? 0 : passed + 2);
    }
  }

  @Test
  void namesOnlyTestsThatDidNotSimplyPass() throws IOException {
    SampleRun.write(folder, 60, 12);
    JsonNode data = data(Files.readString(ReportPage.write(folder).page()));
    int unusual = data.path("unusual").size();
    int passed = data.path("tests").get(0).asInt();
    int all = data.path("tests").valueStream().mapToInt(JsonNode::asInt).sum();
    assertThat(unusual).isEqualTo(all - passed).isPositive();
    assertThat(data.path("unusual").valueStream().map(row -> row.get(2).asInt())).doesNotContain(0);
  }

  @Test
  void cutsLargeLogsAndSaysHowMuchIsMissing() throws IOException {
    SampleRun.write(folder, 30, 5);
    Path events = folder.resolve(EventsReport.FILE);
    String line = "a line of a log\\n".repeat(10_000);
    Files.writeString(
        events, Files.readString(events).replace("ldb: no such object", line + "ldb: no such"));
    String page = Files.readString(ReportPage.write(folder).page());
    Matcher detail =
        Pattern.compile("<script id=\"detail-\\d+\" type=\"application/json\">(.*)</script>")
            .matcher(page);
    List<JsonNode> details = new ArrayList<>();
    while (detail.find()) {
      details.add(JsonMapper.shared().readTree(detail.group(1)));
    }
    assertThat(details).isNotEmpty();
    assertThat(details)
        .allSatisfy(
            one -> {
              assertThat(one.path("log").asString().length()).isLessThanOrEqualTo(64 * 1024);
              assertThat(one.path("logCut").asInt()).isGreaterThan(1_000_000);
            });
  }

  @Test
  void saysThatAFolderHasNoRun() {
    assertThatThrownBy(() -> ReportPage.write(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no events.jsonl there");
    assertThat(folder.resolve(ReportPage.FILE)).doesNotExist();
  }

  private static JsonNode data(String page) {
    return data(page, "data");
  }

  private static JsonNode data(String page, String id) {
    Matcher data =
        Pattern.compile("<script id=\"%s\" type=\"application/json\">(.*)</script>".formatted(id))
            .matcher(page);
    assertThat(data.find()).isTrue();
    return JsonMapper.shared().readTree(data.group(1));
  }
}
