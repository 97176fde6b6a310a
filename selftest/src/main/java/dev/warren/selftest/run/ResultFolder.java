package dev.warren.selftest.run;

import dev.warren.lab.tree.Trees;
import dev.warren.selftest.report.events.EventsReport;
import dev.warren.selftest.report.page.ReportPage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the results of runs go. A new run takes away what an earlier one left, lest the two be
 * mixed, and nothing else: the folder may hold somebody's work.
 */
record ResultFolder(Path path) {
  /** The folder that holds the JUnit files. */
  static final String JUNIT = "junit";

  /** The folder that holds what each suite wrote. */
  static final String SUITE_LOGS = "suites";

  /** The folder that holds what went over the network, where that was kept. */
  static final String CAPTURES = "captures";

  /** In each folder of logs that a run made. */
  private static final String MARK = ".warren-logs";

  /** Makes the folders of a run, without what an earlier one left of its suites and testenvs. */
  void begin() throws IOException {
    remove(Files.createDirectories(path.resolve(JUNIT)), "TEST-*.xml");
    remove(Files.createDirectories(path.resolve(SUITE_LOGS)), "*.{log,servers,traces}");
    if (Files.isDirectory(path.resolve(CAPTURES), LinkOption.NOFOLLOW_LINKS)) {
      remove(path.resolve(CAPTURES), "*.pcapng");
    }
    for (String file : List.of("summary", EventsReport.FILE, ReportPage.FILE)) {
      Files.deleteIfExists(path.resolve(file));
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(path, Files::isDirectory)) {
      for (Path folder : folders) {
        removeLogs(folder.getFileName().toString());
      }
    }
  }

  /** Removes the logs that an earlier run left of a lab. */
  void removeLogs(String lab) throws IOException {
    Path logs = path.resolve(lab);
    if (Files.isDirectory(logs, LinkOption.NOFOLLOW_LINKS) && Files.exists(logs.resolve(MARK))) {
      Trees.delete(logs);
    }
  }

  /** The folder for the logs of a lab; a new one is marked as made by a run. */
  Path createLogs(String lab) throws IOException {
    Path logs = path.resolve(lab);
    if (!Files.exists(logs)) {
      Files.createDirectories(logs);
      Files.createFile(logs.resolve(MARK));
    }
    return logs;
  }

  private static void remove(Path folder, String pattern) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      for (Path file : files) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
