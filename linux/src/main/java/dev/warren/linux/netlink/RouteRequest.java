package dev.warren.linux.netlink;

import java.net.InetAddress;

/** Adds and removes routes of the main table. */
public sealed interface RouteRequest extends Request {
  /** The route. */
  Route route();

  /** Adds a route. */
  record Add(Route route) implements RouteRequest {
    /** A default route to a gateway. */
    public static Add byDefault(InetAddress gateway) {
      return new Add(Route.byDefault(gateway));
    }

    @Override
    public String describe() {
      return "add route " + route;
    }
  }

  /** Adds a route, in the place of one to the same destination. */
  record Replace(Route route) implements RouteRequest {
    @Override
    public String describe() {
      return "replace route " + route;
    }
  }

  /** Removes a route. */
  record Delete(Route route) implements RouteRequest {
    @Override
    public String describe() {
      return "delete route " + route;
    }
  }
}
