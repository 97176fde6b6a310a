package dev.warren.linux.netlink;

/** Makes, changes and removes interfaces. */
public sealed interface LinkRequest extends Request
    permits CreateBridge, CreateCable, SetLink, LimitSegments, LinkRequest.Delete {
  /** The interface's name, for errors. */
  String name();

  /** Removes an interface; both ends go when it is a cable. */
  record Delete(String name, int index) implements LinkRequest {
    @Override
    public String describe() {
      return "delete " + name;
    }
  }
}
