package dev.warren.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.warren.lab.Host;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Test classes side by side, each with a lab of the same names and addresses. */
@Timeout(120)
class ParallelClassesTest {
  private static final int CLASSES = 20;

  @Test
  void twentyClassesDoNotDisturbEachOther() {
    TestExecutionSummary summary =
        run(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    selectClass(Class01.class),
                    selectClass(Class02.class),
                    selectClass(Class03.class),
                    selectClass(Class04.class),
                    selectClass(Class05.class),
                    selectClass(Class06.class),
                    selectClass(Class07.class),
                    selectClass(Class08.class),
                    selectClass(Class09.class),
                    selectClass(Class10.class),
                    selectClass(Class11.class),
                    selectClass(Class12.class),
                    selectClass(Class13.class),
                    selectClass(Class14.class),
                    selectClass(Class15.class),
                    selectClass(Class16.class),
                    selectClass(Class17.class),
                    selectClass(Class18.class),
                    selectClass(Class19.class),
                    selectClass(Class20.class)));

    assertThat(failures(summary)).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(CLASSES);
  }

  @Test
  void classesThatShareAnExtensionAreToldSo() {
    TestExecutionSummary summary =
        run(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Heir.class), selectClass(OtherHeir.class)));

    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(failures(summary))
        .contains("the lab is that of another class which runs at the same time")
        .contains("an extension of its own");
  }

  private static TestExecutionSummary run(LauncherDiscoveryRequestBuilder classes) {
    LauncherDiscoveryRequest request =
        classes
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter(
                "junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism",
                Integer.toString(CLASSES))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static String failures(TestExecutionSummary summary) {
    StringWriter text = new StringWriter();
    summary
        .getFailures()
        .forEach(failure -> failure.getException().printStackTrace(new PrintWriter(text, true)));
    return text.toString();
  }

  private static LabExtension twoHosts() {
    return LabExtension.of(
        LabDescription.builder("two")
            .host(HostDescription.named("a").on("selftest0", 1))
            .host(HostDescription.named("b").on("selftest0", 2))
            .build());
  }

  /** Run by nobody else: no name of a test. */
  abstract static class TwoHosts {
    /** Until all labs are there: classes that came one after the other would show nothing. */
    private static final CountDownLatch ALL = new CountDownLatch(CLASSES);

    @Test
    @SuppressWarnings("AddressSelection") // it has one
    void eachReachesItsOwn(@LabHost("a") Host a, @LabHost("b") Host b) throws Exception {
      String own = UUID.randomUUID().toString();
      try (ServerSocket server = b.call(() -> new ServerSocket(80))) {
        ALL.countDown();
        assertThat(ALL.await(60, TimeUnit.SECONDS)).as("all labs at once").isTrue();
        try (Socket client = a.call(() -> new Socket("b", 80));
            Socket accepted = server.accept()) {
          accepted.getOutputStream().write((own + "\n").getBytes(StandardCharsets.US_ASCII));
          assertThat(
                  new BufferedReader(
                          new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))
                      .readLine())
              .isEqualTo(own);
        }
      }
    }
  }

  static class Class01 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class02 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class03 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class04 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class05 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class06 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class07 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class08 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class09 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class10 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class11 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class12 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class13 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class14 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class15 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class16 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class17 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class18 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class19 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  static class Class20 extends TwoHosts {
    @RegisterExtension static final LabExtension lab = twoHosts();
  }

  /** With an extension that every class under it gets, and a test that takes a while. */
  abstract static class Shared {
    private static final CountDownLatch BOTH = new CountDownLatch(2);

    @RegisterExtension static final LabExtension lab = twoHosts();

    @Test
    void takesAWhile() throws Exception {
      BOTH.countDown();
      assertThat(BOTH.await(2, TimeUnit.SECONDS)).as("the other class was refused").isFalse();
    }
  }

  static class Heir extends Shared {}

  static class OtherHeir extends Shared {}
}
