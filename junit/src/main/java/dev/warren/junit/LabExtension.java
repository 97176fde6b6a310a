package dev.warren.junit;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.event.Occurrence;
import dev.warren.lab.file.LabFile;
import dev.warren.lab.source.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

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
 * <p>Methods and constructors may have a {@link Lab} and hosts of it as parameters:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LabExtension lab = LabExtension.of(Path.of("src/test/labs/web.yaml"));
 *
 * @Test
 * void clientReachesServer(@LabHost("client") Host client, @LabHost("server") Host server) { ... }
 * }</pre>
 *
 * <p>The exception of a test that fails has a suppressed one, {@link LabState}, which tells what
 * happened in the lab and what its services have logged.
 *
 * <p>As an ordinary user the test JVM needs {@code -javaagent:warren-agent.jar}, which moves it
 * into a user namespace.
 */
public final class LabExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        AfterTestExecutionCallback,
        ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LabExtension.class);

  private final Source source;
  private final UnaryOperator<LabSettings> settings;
  private final Queue<Occurrence> events = new ConcurrentLinkedQueue<>();
  private @Nullable Lab lab;

  /** The class whose lab it is; empty when each test has its own. */
  private String owner = "";

  /** Where the description comes from. */
  @FunctionalInterface
  private interface Source {
    LabDescription description() throws BadInputException;
  }

  private LabExtension(Source source, UnaryOperator<LabSettings> settings) {
    this.source = source;
    this.settings = settings;
  }

  /** A lab of this description, with the machine's own software. */
  public static LabExtension of(LabDescription description) {
    return new LabExtension(() -> description, UnaryOperator.identity());
  }

  /**
   * The lab of a lab file, with the machine's own software. The file is read when the lab starts;
   * its mistakes are the failure of the tests.
   *
   * @param file a relative path starts at the test's working directory
   */
  public static LabExtension of(Path file) {
    return new LabExtension(() -> LabFile.read(file), UnaryOperator.identity());
  }

  /** With other settings than the default ones. */
  public LabExtension with(UnaryOperator<LabSettings> change) {
    return new LabExtension(source, change);
  }

  /**
   * The running lab.
   *
   * @throws IllegalStateException outside of a test
   */
  public Lab lab() {
    if (lab == null) {
      throw new IllegalStateException(
          "the lab does not run: is the extension in a field with @RegisterExtension?");
    }
    return lab;
  }

  /** A host of the running lab. */
  public Host host(String name) {
    return lab().host(name);
  }

  @Override
  public synchronized void beforeAll(ExtensionContext context)
      throws IOException, BadInputException {
    // Called for nested classes too: they share the lab of the outermost.
    if (owner.isEmpty()) {
      start(context);
      owner = context.getUniqueId();
    } else if (!context.getUniqueId().startsWith(owner + "/")) {
      throw new IllegalStateException(
          "the lab is that of another class which runs at the same time: give %s an extension of its own, or let the classes run one after the other"
              .formatted(context.getDisplayName()));
    }
  }

  @Override
  public synchronized void afterAll(ExtensionContext context) {
    if (owner.equals(context.getUniqueId())) {
      stop();
      owner = "";
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException, BadInputException {
    if (owner.isEmpty()) {
      start(context);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (owner.isEmpty()) {
      stop();
    }
  }

  /** Before the lab ends with its test. */
  @Override
  public void afterTestExecution(ExtensionContext context) {
    Lab running = lab;
    if (running != null) {
      context
          .getExecutionException()
          .ifPresent(failure -> failure.addSuppressed(LabState.of(running, List.copyOf(events))));
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    if (parameter.getParameter().getType() == Lab.class) {
      return lab != null;
    }
    List<LabExtension> labs = labs(context);
    return hostName(parameter)
        .filter(
            name ->
                has(name)
                    // Somebody must say that there is none.
                    || (labs.stream().noneMatch(one -> one.has(name))
                        && labs.stream().findFirst().filter(this::equals).isPresent()))
        .isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Optional<String> name = hostName(parameter);
    try {
      return name.isPresent() ? host(name.get()) : lab();
    } catch (NoSuchElementException unknown) {
      throw new ParameterResolutionException(String.valueOf(unknown.getMessage()), unknown);
    }
  }

  private static Optional<String> hostName(ParameterContext parameter) {
    return parameter.getParameter().getType() == Host.class
        ? parameter.findAnnotation(LabHost.class).map(LabHost::value)
        : Optional.empty();
  }

  private boolean has(String host) {
    return lab != null && lab.description().host(host).isPresent();
  }

  /** The extensions whose labs run in a context, those of outer ones first. */
  private static List<LabExtension> labs(ExtensionContext context) {
    Labs known = context.getStore(NAMESPACE).get(Labs.class, Labs.class);
    return known == null ? List.of() : known.all();
  }

  private record Labs(List<LabExtension> all) {}

  private void start(ExtensionContext context) throws IOException, BadInputException {
    // Not made, as next to no machine needs it: a JVM that is killed cannot remove it.
    Path state = Path.of(System.getProperty("java.io.tmpdir"), "warren-" + UUID.randomUUID());
    Lab started = Lab.start(source.description(), settings.apply(LabSettings.in(state)));
    lab = started;
    events.clear();
    var _ = started.events().subscribeFromStart(events::add);
    List<LabExtension> all = Stream.concat(labs(context).stream(), Stream.of(this)).toList();
    context.getStore(NAMESPACE).put(Labs.class, new Labs(all));
  }

  private void stop() {
    if (lab != null) {
      lab.close();
      lab = null;
    }
  }
}
