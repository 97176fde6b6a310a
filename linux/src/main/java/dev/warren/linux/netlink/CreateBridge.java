package dev.warren.linux.netlink;

/**
 * Makes a bridge and sets it up.
 *
 * @param index the interface index that it gets, 1 or more and unused
 * @param options how it treats frames
 */
public record CreateBridge(String name, int index, BridgeOptions options) implements LinkRequest {
  /** A bridge as the kernel makes it. */
  public CreateBridge(String name, int index) {
    this(name, index, BridgeOptions.DEFAULT);
  }

  @Override
  public String describe() {
    return "create bridge " + name;
  }
}
