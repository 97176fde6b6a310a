package dev.warren.lab.plan;

import dev.warren.lab.capture.CaptureSource;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Steps that begin and end the captures of a lab's description. */
public sealed interface CaptureOperation extends Operation {
  /**
   * Begins a capture that lasts until the lab ends.
   *
   * @param root the host that has the bridges
   * @param source what is captured
   * @param file where it goes
   * @param snapLength how many bytes of each frame are kept
   * @param names of the addresses of the lab
   * @param goesOn whether it is added to what is in the file: the interface that was captured into
   *     it has been made anew
   */
  record Begin(
      String root,
      CaptureSource source,
      Path file,
      int snapLength,
      Map<InetAddress, List<String>> names,
      boolean goesOn)
      implements CaptureOperation {
    /** The same, after what is in the file. */
    Begin goingOn() {
      return new Begin(root, source, file, snapLength, names, true);
    }

    /** Whether another one puts the same into the same file. */
    boolean isAs(Begin other) {
      return source.equals(other.source) && isOf(other.file) && snapLength == other.snapLength;
    }

    /** Whether it goes to that file, however that is written. */
    boolean isOf(Path other) {
      return file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    @Override
    public String describe() {
      return "capture " + source.name() + " into " + file + (goesOn ? ", after what is there" : "");
    }
  }

  /**
   * Ends a capture; its file is complete.
   *
   * @param begun how it began
   */
  record End(Begin begun) implements CaptureOperation {
    @Override
    public String describe() {
      return "end the capture of " + begun.source().name() + " into " + begun.file();
    }
  }
}
