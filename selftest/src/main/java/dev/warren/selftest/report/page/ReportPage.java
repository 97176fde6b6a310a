package dev.warren.selftest.report.page;

import dev.warren.selftest.report.events.EventsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * A page that needs nothing else: no network, no file beside it (it links to logs and captures
 * there). Its data are JSON in the page; nothing of a run is ever taken for markup or script.
 */
public final class ReportPage {
  /** What the page is called. */
  public static final String FILE = "report.html";

  private static final List<String> SCRIPTS =
      List.of("core.js", "list.js", "detail.js", "timeline.js", "overview.js", "main.js");

  private ReportPage() {}

  /**
   * Makes the page from the events in a folder of results, beside them.
   *
   * @return the page and what was read for it
   * @throws IOException when the folder has no events, or the page cannot be written
   */
  public static Written write(Path folder) throws IOException {
    RunCollector collector = new RunCollector();
    EventsReader.Result read = EventsReader.readFolder(folder, collector::on);
    Path page = folder.resolve(FILE);
    Path half = folder.resolve(FILE + ".part");
    Files.writeString(half, text(new PageData(collector.run(), read)));
    Files.move(half, page, StandardCopyOption.REPLACE_EXISTING);
    return new Written(page, read);
  }

  /**
   * A page that was made.
   *
   * @param page where it is
   * @param read what was read for it, damage included
   */
  public record Written(Path page, EventsReader.Result read) {}

  static String text(PageData data) {
    PageTemplate.Script script = PageTemplate.script(SCRIPTS);
    return PageTemplate.fill(
        "report.mustache",
        Map.of(
            "title", data.title(),
            "plan", data.plan(),
            "verdict", data.verdict(),
            "style", PageTemplate.resource("page.css"),
            "script", script.text(),
            "hash", script.hash(),
            "data", EmbeddedJson.of(data.json()),
            "passed", EmbeddedJson.of(data.passed()),
            "details", data.details()));
  }
}
