package dev.warren.lab.plan;

import dev.warren.lab.capture.CaptureSource;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Steps that begin and end captures. */
public sealed interface CaptureOperation extends Operation {
  /**
   * Begins a capture that lasts until the lab ends. One that goes into this file already goes on
   * there, with what is to be captured now.
   *
   * @param root the host that has the bridges
   * @param source what is captured
   * @param file where it goes
   * @param snapLength how many bytes of each frame are kept
   * @param names of the addresses of the lab
   */
  record Begin(
      String root,
      CaptureSource source,
      Path file,
      int snapLength,
      Map<InetAddress, List<String>> names)
      implements CaptureOperation {
    @Override
    public String describe() {
      return "capture " + source.name() + " into " + file;
    }
  }

  /** Ends the capture that goes into a file. */
  record End(Path file) implements CaptureOperation {
    @Override
    public String describe() {
      return "end the capture into " + file;
    }

    @Override
    public boolean isLasting() {
      return true;
    }
  }
}
