package dev.warren.linux.netlink;

import dev.warren.linux.netlink.message.Message;
import java.net.InetAddress;

/** Writes routes. Constants from linux/rtnetlink.h. */
final class RouteEncoder {
  private static final int RTM_NEWROUTE = 24;
  private static final int RTM_DELROUTE = 25;

  static final int RTA_DST = 1;
  static final int RTA_OIF = 4;
  static final int RTA_GATEWAY = 5;
  static final int RTA_PRIORITY = 6;
  static final int RT_TABLE_MAIN = 254;
  private static final int RTPROT_UNSPEC = 0;
  private static final int RTPROT_STATIC = 4;
  private static final int RT_SCOPE_UNIVERSE = 0;
  private static final int RT_SCOPE_NOWHERE = 255;
  private static final int RTN_UNSPEC = 0;
  static final int RTN_UNICAST = 1;

  private RouteEncoder() {}

  static void append(RouteRequest request, Encoder encoder, int sequence, int flags) {
    int create = flags | Encoder.NLM_F_CREATE;
    Message message =
        switch (request) {
          case RouteRequest.Add _ ->
              added(encoder.start(RTM_NEWROUTE, create | Encoder.NLM_F_EXCL, sequence), request);
          case RouteRequest.Replace _ ->
              added(encoder.start(RTM_NEWROUTE, create | Encoder.NLM_F_REPLACE, sequence), request);
          case RouteRequest.Delete _ ->
              family(encoder.start(RTM_DELROUTE, flags, sequence), request.route())
                  .bytes(RT_TABLE_MAIN, RTPROT_UNSPEC, RT_SCOPE_NOWHERE, RTN_UNSPEC);
        };
    Route route = request.route();
    message.integer(0);
    route
        .destination()
        .map(InetAddress::getAddress)
        .ifPresent(bytes -> message.attribute(RTA_DST, bytes));
    message.attribute(RTA_GATEWAY, route.gateway().getAddress()).finish();
  }

  private static Message added(Message message, RouteRequest request) {
    return family(message, request.route())
        .bytes(RT_TABLE_MAIN, RTPROT_STATIC, RT_SCOPE_UNIVERSE, RTN_UNICAST);
  }

  private static Message family(Message message, Route route) {
    int family = Request.isIpv4(route.gateway()) ? Encoder.AF_INET : Encoder.AF_INET6;
    return message.bytes(family, route.prefix(), 0, 0);
  }
}
