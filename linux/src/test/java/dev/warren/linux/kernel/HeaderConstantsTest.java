package dev.warren.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.linux.namespace.NamespaceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds our numbers against those of the kernel's own headers (Debian: linux-libc-dev). */
class HeaderConstantsTest {
  private static final Path INCLUDE = Path.of("/usr/include");

  /** x86-64 has a table of its own; aarch64 takes the generic one as it is. */
  private static Path systemCallTable(Architecture architecture) throws IOException {
    return switch (architecture) {
      case X86_64 -> first("x86_64-linux-gnu/asm/unistd_64.h", "asm/unistd_64.h");
      case AARCH64 -> first("asm-generic/unistd.h");
    };
  }

  @ParameterizedTest
  @EnumSource
  void systemCallsHaveTheNumbersOfTheHeaders(Architecture architecture) throws IOException {
    Map<String, Long> defined = defines(systemCallTable(architecture));

    assertThat(SystemCall.values())
        .allSatisfy(
            call ->
                assertThat(call.number(architecture))
                    .as("%s on %s", call, architecture)
                    .isEqualTo(systemCall(defined, call)));
  }

  private static int systemCall(Map<String, Long> defined, SystemCall call) {
    // The generic table calls those __NR3264_x that differ in width on 32 bits.
    return Stream.of("__NR_" + call, "__NR3264_" + call)
        .filter(defined::containsKey)
        .map(defined::get)
        .findFirst()
        .orElseThrow()
        .intValue();
  }

  @Test
  void errorsHaveTheNumbersOfTheHeaders() throws IOException {
    Map<String, Long> defined = defines(first("asm-generic/errno-base.h"));
    defined.putAll(defines(first("asm-generic/errno.h")));

    assertThat(
            Arrays.stream(Errno.values())
                .collect(Collectors.toMap(Errno::name, errno -> (long) errno.number())))
        .isEqualTo(defined);
  }

  @Test
  void namespacesHaveTheFlagsOfTheHeaders() throws IOException {
    Map<String, Long> defined = defines(first("linux/sched.h"));
    Map<NamespaceKind, String> names =
        Map.of(
            NamespaceKind.MOUNT, "CLONE_NEWNS",
            NamespaceKind.CGROUP, "CLONE_NEWCGROUP",
            NamespaceKind.UTS, "CLONE_NEWUTS",
            NamespaceKind.IPC, "CLONE_NEWIPC",
            NamespaceKind.USER, "CLONE_NEWUSER",
            NamespaceKind.PID, "CLONE_NEWPID",
            NamespaceKind.NET, "CLONE_NEWNET");

    assertThat(NamespaceKind.values())
        .allSatisfy(
            kind ->
                assertThat((long) kind.flag())
                    .as("%s", kind)
                    .isEqualTo(defined.get(names.get(kind))));
  }

  private static Path first(String... candidates) {
    Path found =
        Arrays.stream(candidates)
            .map(INCLUDE::resolve)
            .filter(Files::exists)
            .findFirst()
            .orElse(null);
    assumeTrue(found != null, "needs the kernel's headers: apt-get install linux-libc-dev");
    return found;
  }

  private static final Pattern DEFINE =
      Pattern.compile("#define\\s+(\\w+)\\s+(0x[0-9a-fA-F]+|\\d+)\\b");

  private static Map<String, Long> defines(Path header) throws IOException {
    return DEFINE
        .matcher(Files.readString(header))
        .results()
        .collect(
            Collectors.toMap(match -> match.group(1), HeaderConstantsTest::value, (a, b) -> a));
  }

  private static long value(MatchResult match) {
    return Long.decode(match.group(2));
  }
}
