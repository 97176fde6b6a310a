package dev.warren.lab.plan;

import dev.warren.lab.capture.CaptureSource;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Begins a capture that lasts until the lab ends.
 *
 * @param root the host that has the bridges
 * @param source what is captured
 * @param file where it goes
 * @param snapLength how many bytes of each frame are kept
 * @param names of the addresses of the lab
 */
public record CaptureOperation(
    String root,
    CaptureSource source,
    Path file,
    int snapLength,
    Map<InetAddress, List<String>> names)
    implements Operation {
  @Override
  public String describe() {
    return "capture " + source.name() + " into " + file;
  }
}
