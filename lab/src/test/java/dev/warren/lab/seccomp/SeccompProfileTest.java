package dev.warren.lab.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.lab.source.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SeccompProfileTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** As Docker's is, in small. */
  private static final String BASE =
      """
      {
        "defaultAction": "SCMP_ACT_ERRNO",
        "defaultErrnoRet": 1,
        "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]}],
        "syscalls": [
          {"names": ["read", "write"], "action": "SCMP_ACT_ALLOW"},
          {
            "names": ["mount", "setns", "unshare"],
            "action": "SCMP_ACT_ALLOW",
            "includes": {"caps": ["CAP_SYS_ADMIN"]}
          },
          {
            "names": ["clone3"],
            "action": "SCMP_ACT_ERRNO",
            "errnoRet": 38,
            "excludes": {"caps": ["CAP_SYS_ADMIN"]}
          }
        ]
      }
      """;

  @Test
  void addsToAProfileWhatLabsNeedAndKeepsAllThatItHas() throws Exception {
    SeccompProfile merged = SeccompProfile.merged("base.json", BASE);
    JsonNode json = MAPPER.readTree(merged.text());
    assertThat(merged.rules()).isEqualTo(3);
    assertThat(json.path("syscalls").size()).isEqualTo(6);
    assertThat(json.path("syscalls").valueStream().skip(3).toList())
        .isEqualTo(MAPPER.readTree(BASE).path("syscalls").valueStream().toList());
    assertThat(json.path("archMap")).isEqualTo(MAPPER.readTree(BASE).path("archMap"));
    assertThat(names(json))
        .contains("mount", "umount2", "pivot_root", "sethostname", "setns", "unshare", "chroot");
  }

  @Test
  void addsNothingTwice() throws Exception {
    String once = SeccompProfile.merged("base.json", BASE).text();
    SeccompProfile twice = SeccompProfile.merged("once.json", once);
    assertThat(twice.rules()).isZero();
    assertThat(twice.text()).isEqualTo(once);
  }

  /** The time namespace and what is not known yet stay refused: 0x81FDF9FF. */
  @Test
  void allowsToUnshareNothingButWhatLabsUse() throws Exception {
    JsonNode unshare =
        MAPPER
            .readTree(SeccompProfile.addition())
            .valueStream()
            .filter(rule -> rule.path("names").get(0).stringValue().equals("unshare"))
            .findFirst()
            .orElseThrow();
    long mask = unshare.path("args").get(0).path("value").longValue();
    long used =
        0x10000000L | 0x40000000 | 0x20000 | 0x20000000 | 0x4000000 | 0x8000000; // user, net, ...
    assertThat(mask & used).isZero();
    assertThat(mask & 0x2000000).as("CLONE_NEWCGROUP").isZero();
    assertThat(mask & 0x80).as("CLONE_NEWTIME").isNotZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "3", "", "{\"syscalls\": []}", "{\"defaultAction\": \"x\"}"})
  void refusesWhatIsNoProfile(String text) {
    assertThatThrownBy(() -> SeccompProfile.merged("f.json", text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("f.json: this is no seccomp profile in Docker's format");
  }

  @Test
  void saysWhereAProfileIsNoJson() {
    assertThatThrownBy(() -> SeccompProfile.merged("f.json", "{\n  \"a\": }"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("f.json:2:")
        .hasMessageContaining("this is no JSON");
  }

  @Test
  void refusesAProfileThatForbidsByARuleOfItsOwn() {
    String text =
        """
        {"defaultAction": "SCMP_ACT_ALLOW",
         "syscalls": [{"names": ["mount", "reboot"], "action": "SCMP_ACT_ERRNO"}]}
        """;
    assertThatThrownBy(() -> SeccompProfile.merged("f.json", text))
        .hasMessageContaining("f.json: a rule of this profile refuses mount, which labs need");
  }

  @Test
  void theWholeProfileRefusesWhatLabsDoNotNeed() throws Exception {
    JsonNode own = MAPPER.readTree(SeccompProfile.own().text());
    assertThat(own.path("defaultAction").stringValue()).isEqualTo("SCMP_ACT_ALLOW");
    assertThat(own.path("syscalls").valueStream())
        .allSatisfy(
            rule -> assertThat(rule.path("action").stringValue()).isEqualTo("SCMP_ACT_ERRNO"))
        .allSatisfy(rule -> assertThat(rule.path("comment").stringValue()).isNotBlank());
    assertThat(names(own)).contains("init_module", "kexec_load", "bpf").doesNotContain("mount");
  }

  @ParameterizedTest
  @EnumSource
  void tellsEachPlaceWhatToWrite(ContainerPlace place) {
    String snippet = place.snippet(SeccompProfile.own(), "warren seccomp");
    assertThat(snippet).contains("seccomp").doesNotContain("%").endsWith("\n");
  }

  @Test
  void gitlabGetsTheProfileItselfInOneLine() throws Exception {
    String snippet = ContainerPlace.GITLAB.snippet(SeccompProfile.own(), "warren seccomp");
    String line =
        snippet.lines().filter(each -> each.contains("security_opt")).findFirst().orElseThrow();
    String inline =
        line.substring(line.indexOf("'seccomp:") + 9, line.indexOf("', 'apparmor:unconfined'"));
    assertThat(inline).doesNotContain("'", "comment");
    assertThat(MAPPER.readTree(inline).path("syscalls").size())
        .isEqualTo(SeccompProfile.own().rules());
  }

  private static List<String> names(JsonNode profile) {
    return profile
        .path("syscalls")
        .valueStream()
        .flatMap(rule -> rule.path("names").valueStream())
        .map(JsonNode::stringValue)
        .toList();
  }
}
