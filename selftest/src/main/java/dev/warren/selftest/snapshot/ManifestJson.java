package dev.warren.selftest.snapshot;

import dev.warren.selftest.snapshot.Manifest.Archive;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Manifests as JSON. The last field is a checksum of the rest, so that any damage shows:
 *
 * <pre>
 * {"testenv": "ad_dc", "catalogue": "/...", "made": "2026-01-02T03:04:05Z", "setUpMillis": 12345,
 *  "parts": {"format": "1", ...}, "archives": [{"host", "bytes", "crc32c", "removed": []}],
 *  "sha256": "..."}
 * </pre>
 */
public final class ManifestJson {
  private static final String CHECKSUM = "sha256";
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{8}");

  /** It becomes a file's name. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

  private static final Pattern TESTENV = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]*");

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ManifestJson() {}

  /** The text of a manifest. */
  public static String text(Manifest manifest) {
    ObjectNode node = node(manifest);
    node.put(CHECKSUM, Sha256.of(node.toString()));
    return node.toPrettyString() + "\n";
  }

  /** As people's programs may read it: without the checksum. */
  public static ObjectNode node(Manifest manifest) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("testenv", manifest.key().testenv());
    node.put("catalogue", manifest.catalogue());
    node.put("made", manifest.made().toString());
    node.put("setUpMillis", manifest.setUp().toMillis());
    ObjectNode parts = node.putObject("parts");
    manifest.key().parts().forEach(parts::put);
    ArrayNode archives = node.putArray("archives");
    for (Archive archive : manifest.archives()) {
      ObjectNode one = archives.addObject();
      one.put("host", archive.host());
      one.put("bytes", archive.bytes());
      one.put("crc32c", archive.crc32c());
      archive.removed().forEach(one.putArray("removed")::add);
    }
    return node;
  }

  /**
   * Reads a manifest.
   *
   * @throws IOException when it is none, or another than was written; the message says why
   */
  public static Manifest read(String text) throws IOException {
    try {
      Manifest manifest = manifest(MAPPER.readTree(text));
      if (!MAPPER.readTree(text).equals(MAPPER.readTree(text(manifest)))) {
        throw new IOException("its checksum is another");
      }
      return manifest;
    } catch (JacksonException damaged) {
      throw new IOException("it is no JSON: " + damaged.getOriginalMessage(), damaged);
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException damaged) {
      throw new IOException("it is no manifest: " + damaged.getMessage(), damaged);
    }
  }

  private static Manifest manifest(JsonNode node) {
    SortedMap<String, String> parts = new TreeMap<>();
    node.required("parts")
        .propertyStream()
        .forEach(part -> parts.put(part.getKey(), string(part.getValue())));
    return new Manifest(
        new SnapshotKey(matching(TESTENV, node.required("testenv")), parts),
        string(node.required("catalogue")),
        Instant.parse(string(node.required("made"))),
        Duration.ofMillis(count(node.required("setUpMillis"))),
        archives(node.required("archives")));
  }

  private static List<Archive> archives(JsonNode array) {
    List<Archive> archives = new ArrayList<>();
    Set<String> hosts = new HashSet<>();
    for (JsonNode one : array) {
      Archive archive =
          new Archive(
              matching(HOST, one.required("host")),
              count(one.required("bytes")),
              matching(DIGEST, one.required("crc32c")),
              one.required("removed").valueStream().map(ManifestJson::string).toList());
      if (!hosts.add(archive.host())) {
        throw new IllegalArgumentException("the host " + archive.host() + " is there twice");
      }
      archives.add(archive);
    }
    return archives;
  }

  private static String string(JsonNode node) {
    if (!node.isString()) {
      throw new IllegalArgumentException(node + " is no text");
    }
    return node.stringValue();
  }

  private static String matching(Pattern pattern, JsonNode node) {
    String text = string(node);
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("unexpected \"%s\"".formatted(text));
    }
    return text;
  }

  private static long count(JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw new IllegalArgumentException(node + " is no count");
    }
    return node.longValue();
  }
}
