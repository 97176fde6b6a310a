package dev.warren.selftest.run;

import dev.warren.lab.Lab;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What goes over a lab's network while a testenv is set up, where that is wanted. */
record SetupCapture(Optional<LabCapture> capture) {

  static SetupCapture begin(LabOptions options, Lab lab, String testenv) throws IOException {
    return new SetupCapture(LabCapture.begin(options, lab, "env-" + testenv + "-setup"));
  }

  /** The testenv is ready; the file, where it stays. */
  Optional<Path> succeeded() throws IOException {
    return capture.isPresent() ? capture.get().end(false) : Optional.empty();
  }

  /** It is not; the file, where there is one. */
  Optional<Path> failed() throws IOException {
    return capture.isPresent() ? capture.get().end(true) : Optional.empty();
  }
}
