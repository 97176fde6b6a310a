package dev.warren.selftest.run;

import dev.warren.lab.Lab;
import dev.warren.lab.capture.Capture;
import dev.warren.lab.description.CaptureDescription;
import dev.warren.lab.description.CaptureTarget;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What goes over a lab's network during a suite, a session or a set-up, as {@code
 * st/captures/NAME.pcapng}.
 */
final class LabCapture {
  /** Leaves room for a number and an ending in the 255 bytes of a file's name. */
  private static final int MAX_LENGTH = 200;

  private final Capture capture;
  private final Path results;
  private final Path file;
  private final boolean all;

  private LabCapture(Capture capture, Path results, Path file, boolean all) {
    this.capture = capture;
    this.results = results;
    this.file = file;
    this.all = all;
  }

  /**
   * Begins, where captures are wanted.
   *
   * @param name of the suite, or {@code env-NAME-setup}: as Samba's selftest has it, the file's
   *     name has an underscore for whatever is no letter, digit or hyphen
   */
  static Optional<LabCapture> begin(LabOptions options, Lab lab, String name) throws IOException {
    CaptureChoice choice = options.watch().captures();
    if (choice == CaptureChoice.NONE) {
      return Optional.empty();
    }
    Path results = options.resultFolder();
    Path file = create(Files.createDirectories(results.resolve(ResultFolder.CAPTURES)), name);
    CaptureTarget network = new CaptureTarget.Network(options.catalogue().network().name());
    Capture capture = lab.capture(new CaptureDescription(network, file));
    return Optional.of(new LabCapture(capture, results, file, choice == CaptureChoice.ALL));
  }

  /** A new file: several labs may set up the same testenv at the same time. */
  private static Path create(Path folder, String name) throws IOException {
    String safe = name.replaceAll("[^A-Za-z0-9-]", "_");
    String start = safe.substring(0, Math.min(safe.length(), MAX_LENGTH));
    for (int number = 1; ; number++) {
      try {
        String end = number == 1 ? ".pcapng" : "~" + number + ".pcapng";
        return Files.createFile(folder.resolve(start + end));
      } catch (FileAlreadyExistsException taken) {
        // Then it is the next number.
      }
    }
  }

  /**
   * Ends it.
   *
   * @return the file from the result folder on, if it stays
   * @throws IOException when it could not be written to its end
   */
  Optional<Path> end(boolean failed) throws IOException {
    capture.close();
    if (!failed && !all) {
      Files.deleteIfExists(file);
      return Optional.empty();
    }
    if (capture.failure().isPresent()) {
      throw new IOException(
          "capture into %s: %s".formatted(file, Exits.words(capture.failure().get())));
    }
    return Optional.of(results.relativize(file));
  }
}
