package dev.warren.lab.capture;

import dev.warren.lab.description.CaptureDescription;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A capture that is being made. It ends when it is closed, when the lab ends, or when nobody reads
 * what it writes any more. What was written can be read at any moment, even after this JVM was
 * killed.
 */
public interface Capture extends AutoCloseable {
  /** How much of each frame is kept unless it is told otherwise: all, as tcpdump does. */
  int WHOLE_FRAMES = CaptureDescription.WHOLE_FRAMES;

  /** What is captured. */
  CaptureSource source();

  /** How many bytes of each frame are kept at most. */
  int snapLength();

  /** How much there is so far; the dropped packets are known at the end. */
  CaptureCounts counts();

  /**
   * Waits for the end, whoever causes it.
   *
   * @return whether it has ended
   */
  boolean await(Duration limit) throws InterruptedException;

  /** How much there is in the end; on the capture's own thread. */
  CompletionStage<CaptureCounts> onEnd();

  /** Whether it has ended, whoever caused it. */
  boolean hasEnded();

  /** Why it ended by itself, if it did. */
  Optional<IOException> failure();

  /** Ends it, and returns when the file is complete; a second time does nothing. */
  @Override
  void close();
}
