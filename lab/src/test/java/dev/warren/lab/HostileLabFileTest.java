package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.warren.lab.description.LabDescription;
import dev.warren.lab.file.LabFile;
import dev.warren.lab.source.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a lab file says is refused with its place or taken literally: nothing of it is executed. */
@Timeout(120)
class HostileLabFileTest {
  /** YAML of texts that would do something in a shell, in a path, or in a file of lines. */
  private static final List<String> NASTY =
      List.of(
          "../x",
          "a/../../x",
          "/x",
          "..",
          "\"a\\nb\"",
          "\"a\\0b\"",
          "\"$(touch /run/hit)\"",
          "\"`touch /run/hit`\"",
          "\"a';touch /run/hit;'\"",
          "'a\"b'",
          "\"a b\"",
          "\"a:b\"",
          "\"-rf\"");

  /** Files with a key that takes a name, and a name that is good there. */
  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("lab: @\nhosts: {a: {}}", "good"),
          Map.entry("lab: l\nhosts: {@: {}}", "good"),
          Map.entry("lab: l\nhosts: {a: {domain: @}}", "good.test"),
          Map.entry("lab: l\nhosts: {a: {aliases: [@]}}", "good"),
          Map.entry("lab: l\nhosts: {a: {search: [@]}}", "good.test"),
          Map.entry("lab: l\nhosts: {a: {resolver: @}}", "lab"),
          Map.entry("lab: l\nhosts: {a: {packages: [@]}}", "good"),
          Map.entry("lab: l\nhosts: {a: {nsswitch: {@: files}}}", "passwd"),
          Map.entry("lab: l\nhosts: {a: {users: [{name: @, uid: 1070}]}}", "good"),
          Map.entry("lab: l\nhosts: {a: {groups: [{name: @, gid: 1070}]}}", "good"),
          Map.entry("lab: l\nhosts: {a: {groups: [{name: g, gid: 1070, members: [@]}]}}", "root"),
          Map.entry("lab: l\nhosts: {a: {services: {@: {command: [x]}}}}", "good"),
          Map.entry(
              "lab: l\nhosts: {a: {services: {t: {command: [x]}, s: {command: [x], needs: [@]}}}}",
              "t"),
          Map.entry("lab: l\nnetworks: {@: {ipv4: 10.1.0.0/24}}\nhosts: {a: {}}", "good"),
          Map.entry(
              "lab: l\nnetworks: {n: {ipv4: 10.1.0.0/24}}\nhosts: {a: {interfaces: [{network: @}]}}",
              "n"),
          Map.entry(
              "lab: l\nnetworks: {n: {ipv4: 10.1.0.0/24}}\nhosts: {a: {interfaces: [{network: n, name: @}]}}",
              "good"));

  @TempDir Path state;

  static Stream<Arguments> names() {
    return FILES.keySet().stream()
        .sorted()
        .flatMap(file -> NASTY.stream().map(name -> Arguments.of(file, name)));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aNameThatIsNoneIsRefusedWithItsPlace(String file, String name) {
    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(() -> LabFile.parse("f.yaml", file.replace("@", name)))
        .withMessageContaining("f.yaml:");
  }

  @Test
  void aNameThatIsOneIsNot() throws Exception {
    for (var file : FILES.entrySet()) {
      String text = file.getKey().replace("@", file.getValue());
      assertThat(LabFile.parse("f.yaml", text).hosts()).as(text).isNotEmpty();
    }
  }

  /** Keys that take a path of the host. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{private: [@]}",
        "{binds: [{path: @, from: /srv}]}",
        "{files: [{path: @, text: x}]}",
      })
  void aPathThatLeavesItsFolderOrHasLinesIsRefused(String host) {
    for (String path : List.of("../x", "\"/a\\0b\"", "x", "/proc/x", "/sys/kernel/x")) {
      assertThatExceptionOfType(BadInputException.class)
          .as(path)
          .isThrownBy(
              () -> LabFile.parse("f.yaml", "lab: l\nhosts: {a: " + host.replace("@", path) + "}"))
          .withMessageContaining("f.yaml:");
    }
  }

  @Test
  void allElseIsTakenLiterally() throws Exception {
    String nasty = "$(touch /run/hit) `touch /run/hit` '\";touch /run/hit;# {{x}} %s ../..";
    Files.writeString(
        state.resolve("f.yaml"),
        """
        lab: l
        hosts:
          a:
            files:
              - {path: "/srv/$(touch hit) '\\"/f\\n.txt", text: @}
              - {path: /run/t, template: true, text: "{{host.name}} $(touch /run/hit) {{lab.name}}"}
            private: [/srv]
            users: [{name: u, uid: 1070, gecos: "$(touch /run/hit)"}]
            services:
              s:
                type: once
                command: [printf, '<%s>', @, "a\\nb", -n]
                environment: {X: @}
                directory: "/srv/$(touch hit) '\\""
                log: "/run/$(touch hit).log"
        """
            .replace("@", "'" + nasty.replace("'", "''") + "'"));
    try (Lab lab = Lab.start(LabFile.read(state.resolve("f.yaml")), LabSettings.in(state))) {
      assertThat(ask(lab.host("a"), "cat /srv/*/f*")).isEqualTo(nasty);
      assertThat(ask(lab.host("a"), "cat /run/*.log")).isEqualTo("<" + nasty + "><a\nb><-n>");
      assertThat(ask(lab.host("a"), "cat /run/t")).isEqualTo("a $(touch /run/hit) l");
      assertThat(ask(lab.host("a"), "ls -R /run /srv; getent passwd u")).doesNotContain("hit\n");
    }
  }

  @Test
  void aUserWhoIsNoneIsAnErrorOfTheStart() throws Exception {
    String user = "$(touch /run/hit)";
    LabDescription lab =
        LabFile.parse(
            "f.yaml", "lab: l\nhosts: {a: {services: {s: {command: [ls], user: '" + user + "'}}}}");
    assertThatIOException()
        .isThrownBy(() -> Lab.start(lab, LabSettings.in(state)).close())
        .withMessageContaining(user);
  }
}
