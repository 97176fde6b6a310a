package dev.warren.linux.packet;

/**
 * How a {@link PacketSocket} sees the frames of its interface.
 *
 * @param offloads whether each frame begins with a {@link VnetHeader}: checksums that are not
 *     computed yet and segments that are not cut yet then survive being passed on. Without it such
 *     frames come with a wrong checksum, as a packet capture on the sending machine shows them
 * @param incomingOnly whether frames that this machine sends on the interface are left out
 * @param promiscuous whether frames for others are seen too
 * @param receiveBuffer how many bytes may wait to be received, or 0 for the kernel's default; where
 *     the caller may not go beyond the machine's limit ({@code net.core.rmem_max}) it is that
 */
public record PacketOptions(
    boolean offloads, boolean incomingOnly, boolean promiscuous, int receiveBuffer) {
  /** For passing frames on: all that come in, with their offloads. */
  public static PacketOptions forwarding(int receiveBuffer) {
    return new PacketOptions(true, true, true, receiveBuffer);
  }

  /** For looking on: what comes in and what goes out. */
  public static PacketOptions watching(int receiveBuffer) {
    return new PacketOptions(true, false, true, receiveBuffer);
  }
}
