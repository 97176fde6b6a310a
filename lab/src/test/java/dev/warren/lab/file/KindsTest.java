package dev.warren.lab.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.source.BadInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What hosts of a lab file get from their kind. */
class KindsTest {

  @Test
  void aHostHasTheKeysOfItsKindAndOfThatOnesKind() throws BadInputException {
    assertThat(
            host(
                """
                kinds:
                  server: {domain: example.test, private: [/srv]}
                  web: {kind: server, aliases: [www]}
                hosts:
                  a: {kind: web, interface: 80}
                """))
        .isEqualTo(
            HostDescription.named("a")
                .domain("example.test")
                .alias("www")
                .privateDirectory(Path.of("/srv"))
                .on("selftest0", 80)
                .build());
  }

  @Test
  void aHostsOwnMappingMergesWithItsKindsAndAllElseReplacesIt() throws BadInputException {
    assertThat(
            host(
                """
                kinds:
                  base:
                    domain: example.test
                    search: [one.test, two.test]
                    nsswitch: {passwd: files winbind, group: files}
                hosts:
                  a:
                    kind: base
                    domain: other.test
                    search: [three.test]
                    nsswitch: {group: files winbind}
                """))
        .isEqualTo(
            HostDescription.named("a")
                .domain("other.test")
                .search("three.test")
                .nsswitch("passwd", "files winbind")
                .nsswitch("group", "files winbind")
                .on("selftest0", 1)
                .build());
  }

  @Test
  void aHostChangesOneThingOfAServiceOfItsKind() throws BadInputException {
    assertThat(
            host("""
                    kinds:
                      web: {services: {httpd: {command: [httpd, -X], user: www, directory: /srv}}}
                    hosts:
                      a: {kind: web, services: {httpd: {user: apache}}}
                    """)
                .services())
        .containsExactly(
            ServiceDescription.of("httpd", "httpd", "-X")
                .user("apache")
                .directory(Path.of("/srv"))
                .build());
  }

  @Test
  void interfacesOfAHostReplaceTheInterfaceOfItsKind() throws BadInputException {
    assertThat(
            host(
                """
                networks:
                  lan: {ipv4: 10.1.0.0/24}
                  wan: {ipv4: 10.2.0.0/24}
                kinds:
                  client: {interface: {network: lan}}
                hosts:
                  a: {kind: client, interfaces: [{network: lan, number: 5}, {network: wan}]}
                """))
        .isEqualTo(HostDescription.named("a").on("lan", 5).on("wan", 1).build());
  }

  @Test
  void theRootMayHaveAKindToo() throws BadInputException {
    LabDescription lab =
        LabFile.parse(
            "lab.yaml",
            """
            kinds: {base: {domain: example.test}, bare:}
            root: {kind: base, name: client}
            hosts: {a: {kind: bare}}
            """);

    assertThat(lab.root().fqdn()).isEqualTo("client.example.test");
  }

  @Test
  void aMistakeInAKindIsReportedOnceAtItsPlaceWhetherUsedOrNot() {
    assertThat(
            problems(
                """
                kinds:
                  used: {domain: a_b, interface: many}
                  unused:
                    aliasses: [www]
                    interface: {network: lan}
                    serves_dns: true
                hosts:
                  a: {kind: used}
                  b: {kind: used}
                """))
        .containsExactly(
            "lab.yaml:2:18: \"a_b\" is no domain name: labels of letters, digits and hyphens"
                + " with dots between, at most 253 characters",
            "lab.yaml:2:34: a whole number is expected, but this is \"many\"",
            "lab.yaml:4:5: unknown key \"aliasses\"; did you mean \"aliases\"?",
            "lab.yaml:5:16: there is no network \"lan\"",
            "lab.yaml:6:5: unknown key \"serves_dns\"; did you mean \"serves-dns\"?");
  }

  @Test
  void anUnknownKindAndACircleOfKindsAreMistakes() {
    assertThat(
            problems(
                """
                kinds:
                  a: {kind: b}
                  b: {kind: a}
                  "c d": {kind: [a]}
                hosts:
                  x: {kind: a}
                  y: {kind: bb}
                  z: {kind: }
                """))
        .containsExactly(
            "lab.yaml:2:13: kinds extend each other: b -> a -> b",
            "lab.yaml:3:13: kinds extend each other: a -> b -> a",
            "lab.yaml:4:3: \"c d\" is no name for a kind: a letter or digit first, then letters,"
                + " digits, - _ ., at most 63",
            "lab.yaml:4:17: a single value is expected, but this is a list",
            "lab.yaml:7:13: there is no kind \"bb\"; did you mean \"b\"?",
            "lab.yaml:8:12: a text is expected, but there is no value");
  }

  private static HostDescription host(String text) throws BadInputException {
    return LabFile.parse("lab.yaml", text).host("a").orElseThrow();
  }

  private static String[] problems(String text) {
    return catchThrowableOfType(BadInputException.class, () -> LabFile.parse("lab.yaml", text))
        .problems()
        .stream()
        .map(Object::toString)
        .toArray(String[]::new);
  }
}
