package dev.warren.linux.netlink;

/** Sets and removes the queueing discipline of what an interface sends, tc(8). */
public sealed interface QdiscRequest extends Request {
  /** The interface's name, for errors. */
  String name();

  /** The interface's index. */
  int index();

  /**
   * Limits the rate, tc-tbf(8).
   *
   * @param rate in bits a second
   * @param burst how many bytes may be sent at once; at least the longest packet with its header
   * @param limit how many bytes may wait; what comes then is dropped
   */
  record SetTokenBucket(String name, int index, long rate, int burst, int limit)
      implements QdiscRequest {
    @Override
    public String describe() {
      return "set tbf of " + name + " to " + rate + " bit/s";
    }
  }

  /** Sets conditions, tc-netem(8). */
  record SetNetem(String name, int index, Netem netem) implements QdiscRequest {
    @Override
    public String describe() {
      return "set netem of " + name;
    }
  }

  /** Removes what was set: the interface sends as when it was made. */
  record DeleteQdisc(String name, int index) implements QdiscRequest {
    @Override
    public String describe() {
      return "delete the queueing discipline of " + name;
    }
  }
}
