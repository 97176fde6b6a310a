package dev.warren.lab.doctor;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import dev.warren.linux.netlink.Netem;
import dev.warren.linux.netlink.QdiscRequest;
import dev.warren.linux.nftables.Chain;
import dev.warren.linux.nftables.Family;
import dev.warren.linux.nftables.Hook;
import dev.warren.linux.nftables.Match;
import dev.warren.linux.nftables.Nat;
import dev.warren.linux.nftables.NftablesSocket;
import dev.warren.linux.nftables.Rule;
import dev.warren.linux.nftables.Table;
import dev.warren.linux.nftables.Verdict;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What only some labs do with the network; for a thread in a network namespace of the trial's. */
final class NetworkTrial {
  static final Path TUN = Path.of("/dev/net/tun");

  /** From linux/if_tun.h: _IOW('T', 202, int), and flags. */
  private static final int TUNSETIFF = 0x400454ca;

  private static final short IFF_TUN = 0x0001;
  private static final short IFF_NO_PI = 0x1000;

  /** struct ifreq of linux/if.h: a name of 16 bytes, flags, and room for the longest member. */
  private static final int IFREQ_SIZE = 40;

  private static final int IFREQ_FLAGS = 16;

  private static final long MEGABIT = 1_000_000;
  private static final int PACKET = 1514;

  private final Kernel kernel;
  private final String device;
  private final int index;

  /**
   * @param device an end of a cable
   * @param index of it
   */
  NetworkTrial(Kernel kernel, String device, int index) {
    this.kernel = kernel;
    this.device = device;
    this.index = index;
  }

  /** Makes an interface that a program stands behind; it goes with the file. */
  void tun() throws KernelException {
    try (Descriptor file = Descriptor.open(kernel, TUN, Descriptor.O_RDWR | Descriptor.O_CLOEXEC);
        Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(IFREQ_SIZE);
      request.set(ValueLayout.JAVA_SHORT, IFREQ_FLAGS, (short) (IFF_TUN | IFF_NO_PI));
      KernelException.check(
          kernel.call(SystemCall.IOCTL, file.number(), TUNSETIFF, request.address()),
          "ioctl TUNSETIFF");
    }
  }

  void firewall() throws KernelException {
    replace(
        new Chain(
            "forward",
            Hook.filter(Hook.Point.FORWARD, Verdict.DROP),
            List.of(
                Rule.of(Match.Connection.in(Match.ConnectionState.ESTABLISHED), Verdict.ACCEPT))));
  }

  void nat() throws KernelException {
    replace(
        new Chain(
            "masquerades",
            Hook.nat(Hook.Point.POSTROUTING),
            List.of(Rule.of(new Match.OutputInterface(device), new Nat.Masquerade(false)))));
  }

  private void replace(Chain chain) throws KernelException {
    try (NftablesSocket socket = NftablesSocket.open(kernel)) {
      socket.replace(new Table(Family.INET, "trial", List.of(chain)));
    }
  }

  QdiscRequest netem() {
    return new QdiscRequest.SetNetem(
        device,
        index,
        new Netem(Duration.ofMillis(1), Duration.ZERO, 0, 0, 0, 0, 0, 100, OptionalLong.empty()));
  }

  QdiscRequest tokenBucket() {
    return new QdiscRequest.SetTokenBucket(device, index, MEGABIT, PACKET, PACKET);
  }
}
