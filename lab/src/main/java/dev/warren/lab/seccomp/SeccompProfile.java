package dev.warren.lab.seccomp;

import dev.warren.lab.json.JsonTree;
import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A seccomp profile in the format of Docker, which containerd, Podman and Kubernetes read too. */
public final class SeccompProfile {
  private static final String SYSCALLS = "syscalls";
  private static final String COMMENT = "comment";
  private static final String ADDITION = "addition.json";

  private final ObjectNode json;
  private final int rules;

  private SeccompProfile(ObjectNode json, int rules) {
    this.json = json;
    this.rules = rules;
  }

  /** How many of its rules are Warren's, and were not there before. */
  public int rules() {
    return rules;
  }

  /**
   * A complete profile: it allows what labs do, and refuses what no container has to do with, such
   * as to load modules of the kernel.
   */
  public static SeccompProfile own() {
    ObjectNode json = (ObjectNode) resource("profile.json");
    return new SeccompProfile(json, json.path(SYSCALLS).size());
  }

  /** The smallest addition to Docker's default profile with which labs work: rules, as JSON. */
  public static String addition() {
    return JsonTree.pretty(resource(ADDITION)) + "\n";
  }

  /**
   * Adds {@link #addition()} to a profile, before its own rules. What it has already is not added
   * again.
   *
   * @param file what to call the profile in complaints
   * @throws BadInputException when the text is no profile, or one that refuses by rules of its own
   *     what labs do
   */
  public static SeccompProfile merged(String file, String text) throws BadInputException {
    Problems problems = new Problems();
    JsonNode read;
    try {
      read = JsonTree.read(text);
    } catch (JacksonException e) {
      problems.add(
          new Position(
              file,
              Math.max(1, e.getLocation().getLineNr()),
              Math.max(1, e.getLocation().getColumnNr())),
          "this is no JSON: " + e.getOriginalMessage());
      throw new BadInputException(problems.list());
    }
    if (!(read instanceof ObjectNode profile)
        || !(profile.path(SYSCALLS) instanceof ArrayNode rules)
        || !profile.path("defaultAction").isString()) {
      problems.add(
          Position.of(file),
          "this is no seccomp profile in Docker's format: an object with \"defaultAction\" and a list"
              + " of \"syscalls\"");
      throw new BadInputException(problems.list());
    }
    refuseContradictions(file, rules, problems);
    problems.throwIfAny();
    List<JsonNode> missing = new ArrayList<>();
    for (JsonNode rule : resource(ADDITION)) {
      if (!has(rules, rule)) {
        missing.add(rule);
      }
    }
    for (int i = 0; i < missing.size(); i++) {
      rules.insert(i, missing.get(i));
    }
    return new SeccompProfile(profile, missing.size());
  }

  /** The profile, for a file. */
  public String text() {
    return JsonTree.pretty(json) + "\n";
  }

  /** The same in one line and without comments, for where a profile stands in a setting. */
  public String line() {
    ObjectNode bare = json.deepCopy();
    bare.path(SYSCALLS)
        .forEach(
            rule -> {
              if (rule instanceof ObjectNode object) {
                object.remove(COMMENT);
              }
            });
    return bare.toString();
  }

  /** A rule that always refuses a call takes precedence over one that allows it. */
  private static void refuseContradictions(String file, ArrayNode rules, Problems problems) {
    List<String> wanted = new ArrayList<>();
    for (JsonNode rule : resource(ADDITION)) {
      if (allows(rule)) {
        rule.path("names").forEach(name -> wanted.add(name.stringValue()));
      }
    }
    for (JsonNode rule : rules) {
      if (!allows(rule) && rule.path("args").isEmpty() && rule.path("excludes").isEmpty()) {
        rule.path("names")
            .forEach(
                name -> {
                  if (name.isString() && wanted.contains(name.stringValue())) {
                    problems.add(
                        Position.of(file),
                        "a rule of this profile refuses %s, which labs need: take it out there"
                            .formatted(name.stringValue()));
                  }
                });
      }
    }
  }

  private static boolean allows(JsonNode rule) {
    return "SCMP_ACT_ALLOW".equals(rule.path("action").stringValue(""));
  }

  private static boolean has(ArrayNode rules, JsonNode wanted) {
    for (JsonNode rule : rules) {
      if (bare(rule).equals(bare(wanted))) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode bare(JsonNode rule) {
    JsonNode copy = rule.deepCopy();
    if (copy instanceof ObjectNode object) {
      object.remove(COMMENT);
    }
    return copy;
  }

  private static JsonNode resource(String name) {
    try (InputStream in = SeccompProfile.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in this build");
      }
      return JsonTree.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
