package dev.warren.lab.description;

import java.nio.file.Path;

/**
 * A capture from the lab's start to its end.
 *
 * @param target what is captured
 * @param file where it goes, as pcapng; a file that is there is replaced. A relative path starts at
 *     the working directory of who starts the lab
 * @param snapLength how many bytes of each frame are kept at most
 */
public record CaptureDescription(CaptureTarget target, Path file, int snapLength) {
  /** All of every frame: tcpdump's default. */
  public static final int WHOLE_FRAMES = 262_144;

  /** Checks the values. */
  public CaptureDescription {
    Checks.check(
        snapLength >= 1 && snapLength <= WHOLE_FRAMES,
        "%d is no length of captured frames: 1 to %d",
        snapLength,
        WHOLE_FRAMES);
    Checks.check(!file.toString().isEmpty(), "a capture needs the name of a file");
  }

  /** A capture of whole frames. */
  public CaptureDescription(CaptureTarget target, Path file) {
    this(target, file, WHOLE_FRAMES);
  }

  /** The file wherever one is: what is spelled in two ways may be one. */
  public Path absoluteFile() {
    return file.toAbsolutePath().normalize();
  }
}
