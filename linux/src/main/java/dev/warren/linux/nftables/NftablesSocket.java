package dev.warren.linux.nftables;

import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.message.Answers;
import dev.warren.linux.netlink.message.Channel;
import dev.warren.linux.netlink.message.Reader;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * A way to give one network namespace rules: that in which it was opened, whichever thread uses it
 * later. For any threads: they wait for each other.
 */
public final class NftablesSocket implements AutoCloseable {
  private static final Set<Errno> LACKING =
      Set.of(Errno.ENOENT, Errno.EOPNOTSUPP, Errno.EPROTONOSUPPORT);

  private final Channel channel;
  private int sequence;

  private NftablesSocket(Channel channel) {
    this.channel = channel;
  }

  /** Opens a socket in the calling thread's network namespace. */
  public static NftablesSocket open(Kernel kernel) throws KernelException {
    return new NftablesSocket(Channel.open(kernel, Channel.NETLINK_NETFILTER));
  }

  /**
   * Puts a table into the kernel, in the place of the one of that name where there is one. No
   * packet sees a part of it.
   *
   * @throws KernelException naming the rule that was refused; nothing has changed then
   */
  public void replace(Table table) throws KernelException {
    execute(
        new Batch()
            .addTable(table.family(), table.name())
            .deleteTable(table.family(), table.name())
            .addTable(table.family(), table.name())
            .addChains(table));
  }

  /** Removes a table with all that is in it, if it is there. */
  public void delete(Family family, String table) throws KernelException {
    execute(new Batch().addTable(family, table).deleteTable(family, table));
  }

  private synchronized void execute(Batch batch) throws KernelException {
    int first = sequence + 1;
    sequence += batch.answers() + 1;
    Answers answers = new Answers(batch.answers(), batch::describe, first);
    try {
      channel.exchange(
          batch.room(),
          buffer -> batch.write(buffer, first),
          batch.describe(1),
          new UntilRefused(answers));
      answers.throwIfRefused();
    } catch (KernelException failure) {
      throw explained(failure);
    }
  }

  /** A batch that is refused as a whole is answered at its begin, and then nowhere else. */
  private record UntilRefused(Answers answers) implements Reader {
    @Override
    public void read(ByteBuffer datagram) throws KernelException {
      answers.read(datagram);
    }

    @Override
    public boolean complete() {
      return answers.complete() || answers.isRefused(0);
    }
  }

  private static KernelException explained(KernelException failure) {
    return failure
        .errno()
        .filter(LACKING::contains)
        .map(
            errno ->
                KernelException.explained(
                    failure.action(),
                    errno.number(),
                    "this kernel lacks what it takes (CONFIG_NF_TABLES, NF_TABLES_INET, NFT_CT,"
                        + " NFT_NAT, NFT_MASQ, NFT_NUMGEN)"))
        .orElse(failure);
  }

  @Override
  public void close() {
    channel.close();
  }
}
