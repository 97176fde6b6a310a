package dev.warren.lab.plan;

import dev.warren.lab.capture.PacketCapture;
import java.nio.file.Path;

/**
 * A capture that a plan began.
 *
 * @param file where it goes
 */
public record StartedCapture(Path file, PacketCapture capture) {}
