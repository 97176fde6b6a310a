package dev.warren.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.source.BadInputException;
import dev.warren.lab.source.ObservedFields;
import dev.warren.lab.source.Position;
import dev.warren.lab.source.Problems;
import dev.warren.lab.source.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The schema says the same as the readers. */
class LabSchemaTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern BLOCK =
      Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

  private final JsonNode text = JSON.readTree(LabSchema.text());
  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(CHECKOUT.resolve("examples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  static Stream<String> documented() throws IOException {
    String page = Files.readString(CHECKOUT.resolve("docs/lab-file.md"));
    return BLOCK.matcher(page).results().map((MatchResult match) -> match.group(1));
  }

  @Test
  void isASchemaItself() {
    Schema meta =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));

    assertThat(meta.validate(text)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsValidAndNamesTheSchemaToEditors(Path example) throws IOException {
    String content = Files.readString(example);

    assertThat(mistakes(content)).isEmpty();
    assertThat(content.lines().findFirst().orElse(""))
        .isEqualTo(
            "# yaml-language-server: $schema=../lab/src/main/resources/dev/warren/lab/file/lab.schema.json");
  }

  @ParameterizedTest
  @MethodSource("documented")
  void whatIsDocumentedIsValid(String block) throws BadInputException {
    JsonNode value = json(block);
    if (value.has("hosts")) {
      assertThat(schema.validate(value)).isEmpty();
      LabFile.parse("lab.yaml", block);
    } else {
      // A part of a file: some networks, some hosts, or what a host has.
      assertThat(
              Stream.of("", "  ", "    ")
                  .map(indent -> within(block, indent))
                  .map(this::mistakes)
                  .min(java.util.Comparator.comparingInt(List::size))
                  .orElseThrow())
          .isEmpty();
    }
  }

  /** A key that a reader knows and editors do not, or the other way round, is a mistake here. */
  @Test
  void knowsTheKeysThatTheReadersKnow() throws Exception {
    String everything = everything();
    SchemaTree tree = new SchemaTree(text);
    Map<Position, SchemaTree.Described> described =
        tree.describe(YamlFile.parse("everything.yaml", everything, new Problems()).orElseThrow());
    Map<String, Set<String>> asked = new TreeMap<>();
    Set<String> differences = new LinkedHashSet<>();

    ObservedFields.observe(
        (node, keys) -> {
          SchemaTree.Described place = described.get(node.position());
          if (place == null) {
            differences.add("a reader reads " + keys + " at " + node.position());
            return;
          }
          Set<String> missing = new HashSet<>(keys);
          missing.removeAll(tree.keys(place.places()));
          if (!missing.isEmpty()) {
            differences.add(
                "the reader of %s knows %s, lab.schema.json does not"
                    .formatted(place.path().isEmpty() ? "a lab" : place.path(), missing));
          }
          place.places().forEach(p -> asked.computeIfAbsent(p, _ -> new HashSet<>()).addAll(keys));
        },
        () -> LabFile.parse("everything.yaml", everything));

    tree.mappings()
        .forEach(
            (place, keys) -> {
              Set<String> unread = new LinkedHashSet<>(keys);
              unread.removeAll(asked.getOrDefault(place, Set.of()));
              if (!asked.containsKey(place)) {
                differences.add("everything.yaml has no example of lab.schema.json#" + place);
              } else if (!unread.isEmpty()) {
                differences.add(
                    "lab.schema.json#%s knows %s, no reader does".formatted(place, unread));
              }
            });
    assertThat(differences).isEmpty();
    assertThat(mistakes(everything)).as("everything.yaml by the schema").isEmpty();
  }

  @Test
  void describesEveryKey() {
    List<String> silent = new ArrayList<>();
    new SchemaTree(text)
        .mappings()
        .forEach(
            (place, keys) -> {
              for (String key : keys) {
                JsonNode value = text.at(place + "/properties/" + key);
                if (!value.has("description")
                    && !text.at(value.path("$ref").asString("#").substring(1)).has("description")) {
                  silent.add(place + "/properties/" + key);
                }
              }
            });

    assertThat(silent).isEmpty();
  }

  /** A host of everything.yaml has all that a host can have, so that nothing is forgotten. */
  @Test
  void aHostLikeAnotherHasEverythingOfIt() throws Exception {
    for (HostDescription host : LabFile.parse("everything.yaml", everything()).hosts()) {
      assertThat(HostDescription.named(host.name()).like(host).build()).isEqualTo(host);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "hosts: [a]",
        "hosts: {a: 1}",
        "{}",
        "hosts: {}\nhotsts: {}",
        "hosts: {}\nlab: -a",
        "hosts: {}\nnetworks: {lo: {ipv4: 10.0.0.0/24}}",
        "hosts: {}\nnetworks: {veth1-br: {ipv4: 10.0.0.0/24}}",
        "hosts: {}\nnetworks: {abcdefghijklmnop: {ipv4: 10.0.0.0/24}}",
        "hosts: {}\nnetworks: {lan: {}}",
        "hosts: {}\nnetworks: {lan: {ipv4: 10.0.0.0}}",
        "hosts: {}\nnetworks: {lan: {ipv4: 10.0.0.0/32}}",
        "hosts: {}\nnetworks: {lan: {ipv6: 'fd00::/128'}}",
        "hosts: {}\nnetworks: {lan: {ipv4: 10.0.0.0/24, colour: red}}",
        "hosts: {}\nkinds: {'a b': {}}",
        "hosts: {}\nroot: {name: a_}",
        "hosts: {}\nroot: {colour: red}",
        "hosts: {a_: }",
        "hosts: {a-: }",
        "hosts: {7: }",
        "hosts: {0x1f: }",
        "hosts: {LocalHost: }",
        "hosts: {a: {kind: [b]}}",
        "hosts: {a: {name: b}}",
        "hosts: {a: {interface: '3'}}",
        "hosts: {a: {interface: 0}}",
        "hosts: {a: {interface: 100000000}}",
        "hosts: {a: {interface: {network: lan, colour: red}}}",
        "hosts: {a: {interfaces: 3}}",
        "hosts: {a: {domain: a..b}}",
        "hosts: {a: {domain: }}",
        "hosts: {a: {aliases: www}}",
        "hosts: {a: {aliases: [a_]}}",
        "hosts: {a: {aliases: [localhost]}}",
        "hosts: {a: {aliases: [80]}}",
        "hosts: {a: {resolver: []}}",
        "hosts: {a: {resolver: labb}}",
        "hosts: {a: {resolver: [1.1.1.1, 2.2.2.2, 3.3.3.3, 4.4.4.4]}}",
        "hosts: {a: {search: ['-a']}}",
        "hosts: {a: {serves-dns: yes}}",
        "hosts: {a: {private: [srv]}}",
        "hosts: {a: {private: [/etc]}}",
        "hosts: {a: {private: [/proc/sys]}}",
        "hosts: {a: {private: [/srv/../etc]}}",
        "hosts: {a: {files: {path: /a/b}}}",
        "hosts: {a: {files: [{path: /a/b}]}}",
        "hosts: {a: {files: [{path: /, text: a}]}}",
        "hosts: {a: {files: [{path: /a/b, text: [a]}]}}",
        "hosts: {a: {files: [{path: /a/b, text: a, mode: '888'}]}}",
        "hosts: {a: {packages: nginx}}",
        "hosts: {a: {packages: [nginx-]}}",
        "hosts: {a: {users: [{name: ada}]}}",
        "hosts: {a: {users: [{name: Ada, uid: 1000}]}}",
        "hosts: {a: {users: [{name: ada, uid: -1}]}}",
        "hosts: {a: {users: [{name: ada, uid: 2147483648}]}}",
        "hosts: {a: {users: [{name: ada, uid: 1000, gecos: 'a:b'}]}}",
        "hosts: {a: {groups: [{name: staff, gid: 1, members: ada}]}}",
        "hosts: {a: {groups: [{name: staff, gid: 1, members: [A]}]}}",
        "hosts: {a: {nsswitch: {Passwd: files}}}",
        "hosts: {}\nnetworks: {lan: {ipv4: 10.0.0.0/24, mtu: 67}}",
        "hosts: {}\nnetworks: {lan: {ipv4: 10.0.0.0/24, cable: yes}}",
        "hosts: {}\nnetworks: {lan: {ipv4: 10.0.0.0/24, gateway: a_}}",
        "hosts: {a: {interface: {name: lo}}}",
        "hosts: {a: {interface: {mac: '02:00'}}}",
        "hosts: {a: {interface: {position: 0}}}",
        "hosts: {a: {interface: {addresses: [10.0.0.1]}}}",
        "hosts: {a: {routes: [{to: default}]}}",
        "hosts: {a: {forward-ports: [{network: lan, port: 0, to: b}]}}",
        "hosts: {a: {firewall: {input: deny}}}",
        "hosts: {a: {firewall: {rules: [{from: lan}]}}}",
        "hosts: {a: {firewall: {rules: [{allow: input, deny: input}]}}}",
        "hosts: {a: {router: {preset: home, inside: lan, outside: wan}}}",
        "hosts: {a: {nsswitch: {passwd: ' '}}}",
        "hosts: {a: {services: {w: }}}",
        "hosts: {a: {services: {w: {}}}}",
        "hosts: {a: {services: {-w: {command: [x]}}}}",
        "hosts: {a: {services: {w: {command: []}}}}",
        "hosts: {a: {services: {w: {command: [x], script: x}}}}",
        "hosts: {a: {services: {w: {command: [x], type: forever}}}}",
        "hosts: {a: {services: {w: {command: [x], restart: {limit: 1}}}}}",
        "hosts: {a: {services: {w: {command: [x], stop: {signal: FOO}}}}}",
        "hosts: {a: {services: {w: {command: [x], ready: {port: 0}}}}}",
        "hosts: {a: {services: {w: {command: [x], ready: {within: 0s}}}}}",
        "hosts: {a: {services: {w: {command: [x], ready: {any: []}}}}}",
        "hosts: {a: {services: {w: {command: [x], ready: {http: {path: /}}}}}}",
      })
  void refusesWhatTheReadersRefuse(String file) {
    assertThatThrownBy(() -> LabFile.parse("lab.yaml", file)).isInstanceOf(BadInputException.class);
    assertThat(mistakes(file)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hosts: {}",
        "hosts: {a_b: {aliases: [c_d, e_f.example.com]}}",
        "hosts: {a: , B-2: {}}\nroot:",
        "hosts: {}\nlab: 2026",
        "hosts: {}\nnetworks: {a_b-c: {ipv4: 10.0.0.0/8, ipv6: 'fd00::1:5f00/112'}}",
        "hosts: {a: {kind: 1}}\nkinds: {1: , a.b_c-d: {kind: 1}}",
        "hosts: {a: {domain: 7}}",
        "hosts: {true: {kind: true, interfaces: [{network: 12, name: 0}]}}\nkinds: {true: }\nnetworks: {12: {ipv4: 10.0.0.0/8}}\nlab: 1.5",
        "hosts: {a: {aliases: [true, 1.5], nsswitch: {passwd: 0}, users: [{name: true, uid: 5}]}}",
        "hosts: {a: {domain: x, aliases: [www, 7.test, b]}}",
        "hosts: {a: {resolver: lab}, b: {resolver: 1.1.1.1}, c: {resolver: ['::1', 1.1.1.1]}}",
        "hosts: {a: {private: [/etc/samba, /usr/local, /a/..b, /a.]}}",
        "hosts: {a: {files: [{path: /a/b, text: 7, mode: 0644}, {path: /a/c, text: '', mode: 1777}]}}",
        "hosts: {a: {users: [{name: a$, uid: 0, gecos: 7, home: '', shell: true}]}}",
        "hosts: {a: {nsswitch: {passwd: ' files'}}}",
        "hosts: {a: {services: {w: {command: [1, x], restart: always, ready: {command: x}}}}}",
        "hosts: {a: {services: {w: {script: x, stop: {signal: sigint, within: 0s}}}}}",
      })
  void acceptsWhatTheReadersAccept(String file) {
    assertThatCode(() -> LabFile.parse("lab.yaml", file)).doesNotThrowAnyException();
    assertThat(mistakes(file)).isEmpty();
  }

  /** A part of a file in the place that its indentation would be right for. */
  private static String within(String part, String indent) {
    String above =
        switch (indent.length()) {
          case 0 -> "";
          case 2 -> "hosts:\n";
          default -> "hosts:\n  a:\n";
        };
    String below = indent.isEmpty() ? "\nhosts: {}\n" : "\n";
    return above + part.indent(indent.length()) + below;
  }

  private List<Error> mistakes(String yaml) {
    return schema.validate(json(yaml));
  }

  /** As editors read YAML: by the core schema of YAML 1.2. */
  private static JsonNode json(String yaml) {
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    return JSON.valueToTree(new Load(settings).loadFromString(yaml));
  }

  private static String everything() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(LabSchemaTest.class.getResourceAsStream("everything.yaml"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
