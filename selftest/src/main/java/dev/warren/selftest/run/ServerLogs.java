package dev.warren.selftest.run;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mark in the logs of services, to see later what came after it. */
final class ServerLogs {
  /** How much of each log is kept, in bytes: its last part. */
  private static final int LIMIT = 64 * 1024;

  private final LabFiles files;
  private final List<Path> folders;
  private final Map<Path, Long> sizes;

  private ServerLogs(LabFiles files, List<Path> folders, Map<Path, Long> sizes) {
    this.files = files;
    this.folders = folders;
    this.sizes = sizes;
  }

  /** Marks the present ends of all files in these folders. */
  static ServerLogs mark(LabFiles files, List<Path> folders)
      throws IOException, InterruptedException {
    return new ServerLogs(files, folders, sizes(files, folders));
  }

  /** What came since, file by file under its name. */
  String since() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Path, Long> log : sizes(files, folders).entrySet()) {
      long start = sizes.getOrDefault(log.getKey(), 0L);
      if (log.getValue() > start) {
        try {
          String news = files.read(log.getKey(), start, LIMIT);
          text.append("== ").append(log.getKey()).append(" ==\n").append(news).append('\n');
        } catch (NoSuchFileException e) {
          // Removed since its size was asked for.
        }
      }
    }
    return text.toString();
  }

  private static Map<Path, Long> sizes(LabFiles files, List<Path> folders)
      throws IOException, InterruptedException {
    Map<Path, Long> sizes = new LinkedHashMap<>();
    for (Path folder : folders) {
      sizes.putAll(files.sizes(folder));
    }
    return sizes;
  }
}
