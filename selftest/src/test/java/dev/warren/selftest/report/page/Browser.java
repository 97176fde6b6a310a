package dev.warren.selftest.report.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Chromium without a window, driven through ChromeDriver by W3C's WebDriver protocol on loopback.
 * It finds no name and no address but files.
 */
final class Browser implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process driver;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String session;

  private Browser(Process driver, String address, Path data) throws Exception {
    this.driver = driver;
    Map<String, Object> chrome =
        Map.of(
            "args",
            List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--proxy-server=127.0.0.1:9",
                "--lang=en-US",
                "--user-data-dir=" + data));
    JsonNode made =
        send(
            "POST",
            address + "/session",
            Map.of(
                "capabilities",
                Map.of(
                    "alwaysMatch", Map.of("browserName", "chrome", "goog:chromeOptions", chrome))));
    this.session = address + "/session/" + made.path("sessionId").asString();
  }

  /** Why there is no browser here; empty where there is one. */
  static Optional<String> missing() {
    return Stream.of("chromium", "chromedriver")
        .filter(program -> find(program).isEmpty())
        .findFirst()
        .map(program -> "no " + program + " here: apt-get install chromium chromium-driver");
  }

  private static Optional<Path> find(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts one.
   *
   * @param data an empty folder for what it keeps
   */
  static Browser start(Path data) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(find("chromedriver").orElseThrow().toString(), "--port=0")
            .redirectErrorStream(true);
    builder.environment().put("HOME", data.toString());
    builder.environment().put("TZ", "UTC");
    Process driver = builder.start();
    boolean started = false;
    try {
      BufferedReader lines = driver.inputReader(StandardCharsets.UTF_8);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher port = PORT.matcher(line);
        if (port.find()) {
          Browser browser =
              new Browser(driver, "http://127.0.0.1:" + port.group(1), data.resolve("profile"));
          started = true;
          return browser;
        }
      }
      throw new IOException("chromedriver ended without saying its port");
    } finally {
      if (!started) {
        driver.destroy();
      }
    }
  }

  /** Opens a file and waits until its script is through. */
  void open(Path page) throws Exception {
    open(page.toUri().toString());
  }

  /** Opens an address and waits until its script is through. */
  void open(String address) throws Exception {
    post("/url", Map.of("url", "about:blank"));
    post("/url", Map.of("url", address));
  }

  /** The value of an expression in the page. */
  JsonNode ask(String expression) throws Exception {
    return post("/execute/sync", Map.of("script", "return " + expression, "args", List.of()));
  }

  /** What an expression in the page gives as text. */
  String text(String expression) throws Exception {
    return ask("String(" + expression + ")").asString();
  }

  void click(String selector) throws Exception {
    post("/element/" + element(selector) + "/click", Map.of());
  }

  /** Types into an element as a keyboard would. */
  void type(String selector, String text) throws Exception {
    post("/element/" + element(selector) + "/value", Map.of("text", text));
  }

  /** Presses keys one after the other, wherever the focus is. */
  void press(String... keys) throws Exception {
    List<Map<String, String>> actions =
        Stream.of(keys)
            .flatMap(
                key ->
                    Stream.of(
                        Map.of("type", "keyDown", "value", key),
                        Map.of("type", "keyUp", "value", key)))
            .toList();
    post(
        "/actions",
        Map.of("actions", List.of(Map.of("type", "key", "id", "keys", "actions", actions))));
  }

  /** A screen of this size. */
  void size(int width, int height, boolean phone) throws Exception {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  /** What the system's colours are: light or dark. */
  void colours(String scheme) throws Exception {
    command(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** A command of the DevTools protocol. */
  JsonNode command(String name, Map<String, ?> parameters) throws Exception {
    return post("/goog/cdp/execute", Map.of("cmd", name, "params", parameters));
  }

  void screenshot(Path file) throws Exception {
    JsonNode picture = send("GET", session + "/screenshot", Map.of());
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, Base64.getDecoder().decode(picture.asString()));
  }

  private String element(String selector) throws Exception {
    return post("/element", Map.of("using", "css selector", "value", selector))
        .path(ELEMENT)
        .asString();
  }

  private JsonNode post(String path, Map<String, ?> body) throws Exception {
    return send("POST", session + path, body);
  }

  private JsonNode send(String method, String address, Map<String, ?> body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(PATIENCE)
            .method(
                method,
                method.equals("POST")
                    ? HttpRequest.BodyPublishers.ofString(MAPPER.writeValueAsString(body))
                    : HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response =
        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    JsonNode value = MAPPER.readTree(response.body()).path("value");
    if (response.statusCode() != 200) {
      throw new IOException(
          "%s %s: %s".formatted(method, address, value.path("message").asString("")));
    }
    return value;
  }

  @Override
  public void close() throws IOException {
    try {
      send("DELETE", session, Map.of());
    } catch (Exception e) {
      throw new IOException("the browser does not end", e);
    } finally {
      end(driver);
      client.close();
    }
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
