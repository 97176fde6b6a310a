package dev.warren.junit;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.LabDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A lab as the fixture of a test class. In a static field it lives as long as the class, in an
 * instance field each test gets its own:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LabExtension lab =
 *     LabExtension.of(
 *         LabDescription.builder("web")
 *             .network("lan", "10.9.0.0/24")
 *             .host(HostDescription.named("server").on("lan"))
 *             .host(HostDescription.named("client").on("lan"))
 *             .build());
 *
 * @Test
 * void clientReachesServer() throws Exception {
 *   try (ServerSocket server = lab.host("server").call(() -> new ServerSocket(80))) { ... }
 * }
 * }</pre>
 *
 * <p>As an ordinary user the test JVM needs {@code -javaagent:warren-agent.jar}, which moves it
 * into a user namespace.
 */
public final class LabExtension
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
  private final LabDescription description;
  private final UnaryOperator<LabSettings> settings;
  private @Nullable Lab lab;

  /** The class whose lab it is; empty when each test has its own. */
  private String owner = "";

  private LabExtension(LabDescription description, UnaryOperator<LabSettings> settings) {
    this.description = description;
    this.settings = settings;
  }

  /** A lab of this description, with the machine's own software. */
  public static LabExtension of(LabDescription description) {
    return new LabExtension(description, UnaryOperator.identity());
  }

  /** With other settings than the default ones. */
  public LabExtension with(UnaryOperator<LabSettings> change) {
    return new LabExtension(description, change);
  }

  /**
   * The running lab.
   *
   * @throws IllegalStateException outside of a test
   */
  public Lab lab() {
    if (lab == null) {
      throw new IllegalStateException(
          "lab "
              + description.name()
              + " does not run: is the extension in a field with @RegisterExtension?");
    }
    return lab;
  }

  /** A host of the running lab. */
  public Host host(String name) {
    return lab().host(name);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    // Called for nested classes too: they share the lab of the outermost.
    if (owner.isEmpty()) {
      start();
      owner = context.getUniqueId();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (owner.equals(context.getUniqueId())) {
      stop();
      owner = "";
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    if (owner.isEmpty()) {
      start();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (owner.isEmpty()) {
      stop();
    }
  }

  private void start() throws IOException {
    Path state = Files.createTempDirectory("warren-");
    try {
      lab = Lab.start(description, settings.apply(LabSettings.in(state)));
    } finally {
      Files.delete(state);
    }
  }

  private void stop() {
    if (lab != null) {
      lab.close();
      lab = null;
    }
  }
}
