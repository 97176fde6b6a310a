package dev.warren.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.warren.lab.Host;
import dev.warren.lab.description.Condition;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.ServiceDescription;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** What the user sees of a lab's test that fails. */
@Timeout(60)
class FailingTest {
  @Test
  void tellsWhatHappenedInTheLabAndWhatServicesLogged() {
    assertThat(failure(Broken.class, "fails"))
        .contains("the reason")
        .contains("Suppressed: dev.warren.junit.LabState: what happened in lab broken:")
        .contains("\"type\":\"link-cut\",\"host\":\"server\"")
        .contains("log of server/web:", "  listening");
  }

  @Test
  void namesTheHostsWhenThereIsNoneOfThatName() {
    assertThat(failure(Broken.class, "hasNoSuchHost", Host.class))
        .contains("lab broken has no host sever, only [root, server]");
  }

  @Test
  void namesTheMistakesInTheLabFile() {
    assertThat(failure(Misread.class, "neverRuns")).contains("src/test/labs/no-such.yaml");
  }

  /** Run by nobody else: no name of a test. */
  static class Broken {
    @RegisterExtension
    static final LabExtension lab =
        LabExtension.of(
            LabDescription.builder("broken")
                .host(
                    HostDescription.named("server")
                        .on("selftest0")
                        .service(
                            ServiceDescription.script("web", "echo listening; exec sleep 1000")
                                .ready(new Condition.LogLine("listening"))
                                .build()))
                .build());

    @Test
    void fails() throws Exception {
      lab.host("server").isolate();
      throw new IllegalStateException("the reason");
    }

    @Test
    void hasNoSuchHost(@LabHost("sever") Host host) {
      assertThat(host).isNull();
    }
  }

  /** Run by nobody else. */
  static class Misread {
    @RegisterExtension
    static final LabExtension lab = LabExtension.of(Path.of("src/test/labs/no-such.yaml"));

    @Test
    void neverRuns() {}
  }

  private static String failure(Class<?> of, String method, Class<?>... parameters) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(of, method, parameters))
                .build(),
            listener);
    StringWriter text = new StringWriter();
    listener
        .getSummary()
        .getFailures()
        .forEach(failure -> failure.getException().printStackTrace(new PrintWriter(text, true)));
    return text.toString();
  }
}
