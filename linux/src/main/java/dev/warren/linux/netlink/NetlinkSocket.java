package dev.warren.linux.netlink;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.netlink.message.Answers;
import dev.warren.linux.netlink.message.Channel;
import java.util.List;

/**
 * A way to tell rtnetlink(7) what the network of one namespace shall be, and to ask what it is: of
 * the namespace in which it was opened, whichever thread uses it later. For any threads: they wait
 * for each other.
 */
public final class NetlinkSocket implements AutoCloseable {
  /** So many requests go in one send: well below the send buffer of 208 kB. */
  private static final int BATCH = 128;

  /** More than a request can take. */
  private static final int LONGEST_REQUEST = 512;

  private final Channel channel;
  private int sequence;

  private NetlinkSocket(Channel channel) {
    this.channel = channel;
  }

  /** Opens a socket in the calling thread's network namespace. */
  public static NetlinkSocket open(Kernel kernel) throws KernelException {
    return new NetlinkSocket(Channel.open(kernel, Channel.NETLINK_ROUTE));
  }

  /**
   * Carries out requests in order, many in one send.
   *
   * @throws KernelException for the first that the kernel refused, with its own words where it gave
   *     some; those after it were tried all the same, and their failures are suppressed ones
   */
  public synchronized void execute(List<? extends Request> requests) throws KernelException {
    for (int from = 0; from < requests.size(); from += BATCH) {
      executeBatch(requests.subList(from, Math.min(from + BATCH, requests.size())));
    }
  }

  private void executeBatch(List<? extends Request> requests) throws KernelException {
    int first = sequence + 1;
    sequence += requests.size();
    Answers answers = new Answers(requests.size(), i -> requests.get(i).describe(), first);
    channel.exchange(
        LONGEST_REQUEST * requests.size(),
        buffer -> {
          Encoder encoder = new Encoder(buffer);
          for (int i = 0; i < requests.size(); i++) {
            encoder.append(requests.get(i), first + i, i == requests.size() - 1);
          }
        },
        requests.getFirst().describe(),
        answers);
    answers.throwIfRefused();
  }

  /** All interfaces of the namespace, in the order of their indices. */
  public List<LinkState> links() throws KernelException {
    return all(Dump.Kind.LINKS);
  }

  /** All addresses of the namespace, IPv4 and IPv6. */
  public List<AddressState> addresses() throws KernelException {
    return all(Dump.Kind.ADDRESSES);
  }

  /** All routes of the namespace's main table, IPv4 and IPv6. */
  public List<RouteState> routes() throws KernelException {
    return all(Dump.Kind.ROUTES);
  }

  private synchronized <T> List<T> all(Dump.Kind<T> kind) throws KernelException {
    while (true) {
      Dump<T> dump = new Dump<>(kind, ++sequence);
      channel.exchange(LONGEST_REQUEST, dump::ask, "list " + kind.words(), dump);
      if (!dump.interrupted()) {
        return dump.found();
      }
    }
  }

  @Override
  public void close() {
    channel.close();
  }
}
