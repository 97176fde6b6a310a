package dev.warren.selftest.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Copies the logs of a lab's testenvs out: {@code RESULTS/LAB}, with those it needs below. */
final class LabLogs {
  /** Where the logs of the testenvs are that a lab's own one needs. */
  private static final String NEEDS = "needs";

  private final LabFiles files;
  private final LabPaths paths;
  private final Path target;
  private final List<IOException> failures = new ArrayList<>();

  /**
   * Logs that nothing is copied of yet.
   *
   * @param files as the lab sees them
   * @param paths where things stand in it
   * @param target a folder of the machine for all logs of the lab
   */
  LabLogs(LabFiles files, LabPaths paths, Path target) {
    this.files = files;
    this.paths = paths;
    this.target = target;
  }

  /**
   * Where the logs of a testenv go.
   *
   * @param target the folder for all logs of the lab
   * @param testenvs all of the lab; the last one is its own
   */
  static Path folder(Path target, List<String> testenvs, String testenv) {
    return testenv.equals(testenvs.getLast()) ? target : target.resolve(NEEDS).resolve(testenv);
  }

  /**
   * Copies all.
   *
   * @param testenvs those that began to be set up; the last one is the lab's own
   * @throws IOException when a log could not be copied; the others are there
   */
  void copy(List<String> testenvs) throws IOException, InterruptedException {
    for (String testenv : testenvs) {
      copy(testenv, folder(target, testenvs, testenv));
    }
    if (!failures.isEmpty()) {
      IOException failure = failures.removeFirst();
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  private void copy(String testenv, Path folder) throws InterruptedException {
    Path logs = paths.logs(testenv);
    try {
      for (Path log : files.sizes(logs).keySet()) {
        try {
          files.copyOut(log, folder.resolve(logs.relativize(log).toString()));
        } catch (IOException e) {
          failures.add(e);
        }
      }
    } catch (IOException e) {
      failures.add(e);
    }
  }
}
