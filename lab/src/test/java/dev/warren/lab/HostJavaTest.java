package dev.warren.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.warren.lab.process.HostCommand;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Java code in a host is on that machine, and nothing of it is on another one. */
@Timeout(60)
@SuppressWarnings("AddressSelection") // a host has one address here
class HostJavaTest {
  @TempDir static Path state;
  private static Lab lab;
  private static Host a;
  private static Host b;

  @BeforeAll
  static void start() throws IOException {
    lab = Lab.start(LabFixture.TWO_HOSTS, LabSettings.in(state));
    a = lab.host("a");
    b = lab.host("b");
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  /** Only the host's own /etc/hostname says so. */
  private static String here() throws IOException {
    return Files.readString(Path.of("/etc/hostname")).strip();
  }

  @Test
  void codeWithoutAResultRunsInside() throws Exception {
    a.run(() -> assertThat(here()).isEqualTo("a"));
  }

  @Test
  void whatCodeInsideThrowsReachesTheCaller() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                a.run(
                    () -> {
                      throw new IOException("from inside");
                    }))
        .withMessage("from inside");
  }

  @Test
  void tasksOfAnExecutorRunInsideAndOnPlatformThreads() throws Exception {
    assertThat(a.executor().submit(HostJavaTest::here).get()).isEqualTo("a");
    assertThat(b.executor().submit(HostJavaTest::here).get()).isEqualTo("b");
    assertThat(a.executor().submit(() -> Thread.currentThread().isVirtual()).get()).isFalse();
  }

  @Test
  void threadsOfAnExecutorNeverLeaveTheirHost() throws Exception {
    List<Callable<String>> tasks =
        IntStream.range(0, 200).mapToObj(i -> (Callable<String>) HostJavaTest::here).toList();

    for (Future<String> task : a.executor().invokeAll(tasks)) {
      assertThat(task.get()).isEqualTo("a");
    }
  }

  @Test
  void aTaskOfOneHostMayAskForWorkInAnother() throws Exception {
    assertThat(
            a.executor()
                .submit(() -> here() + b.executor().submit(HostJavaTest::here).get() + here())
                .get())
        .isEqualTo("aba");
    assertThat(a.call(() -> here() + b.call(HostJavaTest::here))).isEqualTo("ab");
  }

  @Test
  void aVirtualThreadMayUseAnExecutorButIsNeverInsideItself() throws Exception {
    FutureTask<String> task = new FutureTask<>(() -> a.executor().submit(HostJavaTest::here).get());
    Thread.ofVirtual().start(task);
    assertThat(task.get()).isEqualTo("a");

    FutureTask<Boolean> enter =
        new FutureTask<>(
            () -> {
              assertThatIllegalStateException()
                  .isThrownBy(
                      () -> new Namespaces(Kernel.real()).unshare(EnumSet.of(NamespaceKind.NET)))
                  .withMessageContaining("virtual thread");
              return true;
            });
    Thread.ofVirtual().start(enter);
    assertThat(enter.get()).isTrue();
  }

  @Test
  void anExecutorEndsWithItsHost() throws Exception {
    ExecutorService executor;
    Future<Boolean> sleeper;
    CountDownLatch asleep = new CountDownLatch(1);
    try (Lab other = Lab.start(LabFixture.TWO_HOSTS, LabSettings.in(state))) {
      executor = other.host("a").executor();
      sleeper =
          executor.submit(
              () -> {
                asleep.countDown();
                Thread.sleep(Duration.ofMinutes(5));
                return true;
              });
      asleep.await();
    }
    assertThat(executor.isTerminated()).isTrue();
    assertThat(sleeper.isDone()).isTrue();
    assertThatExceptionOfType(RejectedExecutionException.class)
        .isThrownBy(() -> executor.submit(HostJavaTest::here));
  }

  @Test
  void socketsStayTheHostsWhicheverThreadUsesThem() throws Exception {
    try (ServerSocket server = a.call(() -> new ServerSocket(80));
        Socket client = b.call(() -> new Socket(InetAddress.getByName("a"), 80));
        Socket accepted = server.accept()) {
      client.getOutputStream().write("to a".getBytes(UTF_8));
      client.shutdownOutput();

      assertThat(new String(accepted.getInputStream().readAllBytes(), UTF_8)).isEqualTo("to a");
      assertThat(accepted.getInetAddress()).isIn(lab.description().addresses(b.description()));
    }
  }

  @Test
  void twoHostsListenOnTheSamePort() throws Exception {
    try (ServerSocket one = a.call(() -> new ServerSocket(8080));
        ServerSocket two = b.call(() -> new ServerSocket(8080))) {
      assertThat(one.getLocalPort()).isEqualTo(two.getLocalPort());
    }
  }

  @Test
  void aWebServerAndItsClientAreOfTheirHosts() throws Exception {
    try (ServerSocket server = a.call(() -> new ServerSocket(8000));
        // Made inside: it opens its sockets on threads of its own.
        HttpClient client = b.call(() -> HttpClient.newBuilder().executor(b.executor()).build())) {
      Future<String> peer = a.executor().submit(() -> answer(server));
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://a:8000/")).build();

      HttpResponse<String> answer =
          b.call(() -> client.send(request, HttpResponse.BodyHandlers.ofString()));

      assertThat(answer.body()).isEqualTo("this is a");
      assertThat(InetAddress.ofLiteral(peer.get()))
          .isIn(lab.description().addresses(b.description()));
    }
  }

  /** Answers one request, and gives the address of who asked. */
  private static String answer(ServerSocket server) throws IOException {
    try (Socket client = server.accept()) {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
      while (!lines.readLine().isEmpty()) {
        // The request ends with an empty line.
      }
      String body = "this is " + here();
      String head = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(body.length());
      client.getOutputStream().write((head + body).getBytes(UTF_8));
      return client.getInetAddress().getHostAddress();
    }
  }

  @Test
  void theAnswerOfANameInOneHostIsNotKeptForAnother() throws Exception {
    LabFixture.ask(a, "echo 192.0.2.1 only.test >>/etc/hosts");

    assertThat(a.call(() -> InetAddress.getByName("only.test").getHostAddress()))
        .isEqualTo("192.0.2.1");
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> b.call(() -> InetAddress.getByName("only.test")));
    LabFixture.ask(b, "echo 192.0.2.2 only.test >>/etc/hosts");
    assertThat(b.call(() -> InetAddress.getByName("only.test").getHostAddress()))
        .isEqualTo("192.0.2.2");
  }

  /** The JVM keeps it for 5 s, whoever asks (InetAddress.getLocalHost): Host.name() is sure. */
  @Test
  void theLocalHostIsTheHostThatAsksOnceTheJvmHasForgottenAnother() throws Exception {
    for (Host host : List.of(a, b)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> host.call(() -> InetAddress.getLocalHost().getHostName()), host.name()::equals);
      assertThat(lab.description().addresses(host.description()))
          .contains(host.call(InetAddress::getLocalHost));
    }
  }

  @Test
  void workOfCompletableFuturesRunsInsideWhenToldTo() throws Exception {
    CompletableFuture<String> work =
        a.call(
            () ->
                CompletableFuture.supplyAsync(HostJavaTest::unchecked, a.executor())
                    .thenApplyAsync(name -> name + unchecked(), a.executor()));

    assertThat(work.get()).isEqualTo("aa");
  }

  private static String unchecked() {
    try {
      return here();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  @Test
  void theCommonPoolIsInNoHostWhoeverUsesItFirst() throws Exception {
    String outside = here();
    int tasks = 64;
    List<String> places = new CopyOnWriteArrayList<>();
    CountDownLatch done = new CountDownLatch(tasks);

    // Not joined: who waits for a task of the pool may do it himself.
    a.run(
        () -> {
          for (int i = 0; i < tasks; i++) {
            var _ =
                CompletableFuture.runAsync(() -> places.add(unchecked()))
                    .whenComplete((_, _) -> done.countDown());
          }
          done.await();
        });

    assertThat(places).hasSize(tasks).containsOnly(outside);
  }

  @Test
  void virtualThreadsAreInNoHostWhoeverStartsThem() throws Exception {
    String outside = here();
    List<String> places = new CopyOnWriteArrayList<>();

    a.run(
        () -> {
          for (int i = 0; i < 64; i++) {
            Thread.ofVirtual().start(() -> places.add(unchecked())).join();
          }
        });

    assertThat(places).hasSize(64).containsOnly(outside);
  }

  @Test
  void aThreadThatIsStartedInsideIsInsideToo() throws Exception {
    FutureTask<String> task = new FutureTask<>(HostJavaTest::here);
    a.run(() -> Thread.ofPlatform().start(task));

    assertThat(task.get()).isEqualTo("a");
  }

  @Test
  void aProcessBuilderInsideStartsInTheHostsNetwork() throws Exception {
    String name =
        a.call(
            () ->
                new String(
                    new ProcessBuilder("hostname").start().getInputStream().readAllBytes(), UTF_8));

    assertThat(name).isEqualTo("a\n");
    assertThat(LabFixture.read(a.start(HostCommand.of("hostname")))).isEqualTo(name);
  }
}
