package dev.warren.lab.control;

import dev.warren.lab.json.JsonTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Labs as JSON: lab.json, and what {@code warren ls --json} prints. */
public final class Json {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** Labs as the text of a JSON array. */
  public static String of(List<RunningLab> labs) {
    ArrayNode array = NODES.arrayNode();
    labs.forEach(lab -> array.add(node(lab)));
    return JsonTree.pretty(array);
  }

  static String of(RunningLab lab) {
    return JsonTree.pretty(node(lab)) + "\n";
  }

  private static ObjectNode node(RunningLab lab) {
    ObjectNode node = NODES.objectNode();
    node.put("lab", lab.name());
    node.put("started", lab.started().toString());
    node.put("supervisor", lab.supervisor().pid());
    node.put("supervisorStart", lab.supervisor().start());
    lab.seed().ifPresent(seed -> node.put("seed", seed));
    ArrayNode hosts = node.putArray("hosts");
    lab.hosts().forEach(host -> hosts.add(node(host)));
    ObjectNode partitions = node.putObject("partitions");
    lab.partitions()
        .forEach(
            (network, groups) -> {
              ArrayNode array = partitions.putArray(network);
              groups.forEach(group -> group.stream().sorted().forEach(array.addArray()::add));
            });
    return node;
  }

  private static ObjectNode node(RunningHost host) {
    ObjectNode node = NODES.objectNode();
    node.put("name", host.name());
    node.put("pid", host.init().pid());
    node.put("start", host.init().start());
    node.put("network", host.network().toString());
    node.put("userNamespace", host.userNamespace());
    host.interfaces().forEach(node.putArray("interfaces")::add);
    host.addresses().forEach(node.putArray("addresses")::add);
    node.put("frozen", host.frozen());
    host.cut().forEach(node.putArray("cut")::add);
    ObjectNode conditions = node.putObject("conditions");
    new TreeMap<>(host.conditions())
        .forEach(
            (link, one) ->
                conditions.putObject(link).put("text", one.text()).put("means", one.means()));
    ObjectNode services = node.putObject("services");
    new TreeMap<>(host.services()).forEach(services::put);
    ArrayNode cgroups = node.putArray("cgroups");
    host.cgroups().forEach(folder -> cgroups.add(folder.toString()));
    ObjectNode isolation =
        node.putObject("isolation")
            .put("user", host.isolation().user())
            .put("ownRoot", host.isolation().ownRoot())
            .put("cgroup", host.isolation().cgroup());
    host.isolation().wrapping().ifPresent(folder -> isolation.put("wrapping", folder.toString()));
    return node;
  }

  private static RunningIsolation isolation(JsonNode node) {
    return new RunningIsolation(
        node.path("user").asBoolean(false),
        node.path("ownRoot").asBoolean(false),
        node.path("cgroup").asBoolean(false),
        node.path("wrapping").isString()
            ? Optional.of(Path.of(node.path("wrapping").stringValue()))
            : Optional.empty());
  }

  static RunningLab parse(String text, Path directory) throws IOException {
    try {
      JsonNode node = JsonTree.read(text);
      List<RunningHost> hosts = new ArrayList<>();
      for (JsonNode host : node.required("hosts")) {
        hosts.add(
            new RunningHost(
                string(host.required("name")),
                process(host, "pid", "start"),
                Path.of(string(host.required("network"))),
                host.required("userNamespace").booleanValue(),
                strings(host.required("interfaces")),
                strings(host.required("addresses")),
                host.path("frozen").asBoolean(false),
                strings(host.path("cut")),
                conditions(host.path("conditions")),
                services(host.path("services")),
                strings(host.path("cgroups")).stream().map(Path::of).toList(),
                isolation(host.path("isolation"))));
      }
      return new RunningLab(
          string(node.required("lab")),
          process(node, "supervisor", "supervisorStart"),
          Instant.parse(string(node.required("started"))),
          directory,
          hosts,
          partitions(node.path("partitions")),
          node.path("seed").isNumber()
              ? OptionalLong.of(node.path("seed").longValue())
              : OptionalLong.empty());
    } catch (JacksonException damaged) {
      throw damaged(directory, damaged.getOriginalMessage(), damaged);
    } catch (DateTimeParseException | IllegalArgumentException damaged) {
      throw damaged(directory, damaged.getMessage(), damaged);
    }
  }

  private static IOException damaged(Path directory, @Nullable String why, Exception cause) {
    return new IOException("not a lab: " + directory.resolve("lab.json") + ": " + why, cause);
  }

  private static ProcessIdentity process(JsonNode node, String pid, String start) {
    ProcessIdentity process =
        new ProcessIdentity(node.required(pid).longValue(), node.required(start).longValue());
    if (!process.isPossible()) {
      throw new IllegalArgumentException(process + " is no process");
    }
    return process;
  }

  private static Map<String, RunningConditions> conditions(JsonNode node) {
    Map<String, RunningConditions> conditions = new TreeMap<>();
    node.propertyStream()
        .forEach(
            link ->
                conditions.put(
                    link.getKey(),
                    new RunningConditions(
                        string(link.getValue().required("text")),
                        string(link.getValue().required("means")))));
    return conditions;
  }

  private static Map<String, String> services(JsonNode node) {
    Map<String, String> services = new TreeMap<>();
    node.propertyStream().forEach(one -> services.put(one.getKey(), string(one.getValue())));
    return services;
  }

  private static Map<String, List<Set<String>>> partitions(JsonNode node) {
    Map<String, List<Set<String>>> partitions = new LinkedHashMap<>();
    node.propertyStream()
        .forEach(
            network ->
                partitions.put(
                    network.getKey(),
                    network
                        .getValue()
                        .valueStream()
                        .<Set<String>>map(group -> new TreeSet<>(strings(group)))
                        .toList()));
    return partitions;
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(Json::string).toList();
  }

  /** Also null is no text. */
  private static String string(JsonNode node) {
    if (!node.isString()) {
      throw new IllegalArgumentException(node + " is no text");
    }
    return node.stringValue();
  }
}
