package dev.warren.lab.dns;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves DNS on sockets that others opened, each in the host that it shall be seen in. One thread
 * serves them all and waits for none: a slow server of a forwarded zone delays nobody else.
 *
 * <p>All methods are for any thread.
 */
public final class DnsService implements AutoCloseable {

  /** How long a server of a forwarded zone has for an answer: as in Samba's own dns_hub. */
  public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(DnsService.class);

  private final EventLoop loop;
  private final Duration timeLimit;
  private final AtomicReference<Judge> judge;

  private DnsService(EventLoop loop, DnsRecords records, Duration timeLimit) {
    this.loop = loop;
    this.timeLimit = timeLimit;
    this.judge = new AtomicReference<>(new Judge(records, ForwardZones.none()));
  }

  /** Starts a service with {@link #DEFAULT_TIME_LIMIT}. */
  public static DnsService start(DnsRecords records) throws IOException {
    return start(records, DEFAULT_TIME_LIMIT);
  }

  /**
   * Starts a service. It listens nowhere yet.
   *
   * @param timeLimit how long a server of a forwarded zone has for an answer
   * @throws IOException no selector can be opened
   */
  public static DnsService start(DnsRecords records, Duration timeLimit) throws IOException {
    EventLoop loop = new EventLoop("warren-dns");
    loop.start();
    return new DnsService(loop, records, timeLimit);
  }

  /**
   * Serves a host. Bind the sockets to an address, not to the wildcard: the answer must come from
   * where the query went.
   *
   * @param udp bound; belongs to the service from now on
   * @param tcp bound; belongs to the service from now on
   * @return ends it, and closes both sockets soon
   * @throws IllegalStateException the service is closed
   */
  public Closeable listen(DatagramChannel udp, ServerSocketChannel tcp) {
    UdpListener datagrams = new UdpListener(loop, udp, judge::get, timeLimit);
    TcpListener connections = new TcpListener(loop, tcp, judge::get, timeLimit);
    Closeable end =
        () -> {
          datagrams.close();
          connections.close();
        };
    boolean accepted =
        loop.execute(
            () -> {
              register(udp, SelectionKey.OP_READ, datagrams);
              register(tcp, SelectionKey.OP_ACCEPT, connections);
            });
    if (!accepted) {
      Quietly.close(end);
      throw new IllegalStateException("the DNS service is closed");
    }
    // On the loop's thread, which then lets go of the descriptors and with them of the host.
    return () -> loop.execute(() -> Quietly.close(end));
  }

  /**
   * Forwards a zone from now on; a server that it had before is replaced.
   *
   * @param zone a domain name; {@code 57.53.10.in-addr.arpa} is one too
   * @param target the server, an address and a port
   * @param via opens the sockets to it
   */
  public void forward(String zone, InetSocketAddress target, SocketFactory via) {
    if (target.isUnresolved()) {
      throw new IllegalArgumentException(target + " is not an address");
    }
    Forward forward = new Forward(DnsRecords.absolute(zone), target, via);
    judge.updateAndGet(now -> now.with(now.zones().with(forward)));
  }

  /** Forwards a zone no more. Queries that are on their way still get their answers. */
  public void endForward(String zone) {
    judge.updateAndGet(now -> now.with(now.zones().without(DnsRecords.absolute(zone))));
  }

  /** Answers from these records from now on. */
  public void records(DnsRecords records) {
    judge.updateAndGet(now -> now.with(records));
  }

  /** Ends the service and closes all its sockets. May be called again. */
  @Override
  public void close() {
    loop.close();
  }

  private void register(SelectableChannel channel, int events, EventLoop.Handler handler) {
    try {
      loop.register(channel, events, handler);
    } catch (IOException e) {
      LOG.error("The DNS service cannot listen on {}", channel, e);
      handler.close();
    }
  }
}
