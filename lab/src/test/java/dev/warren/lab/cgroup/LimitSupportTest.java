package dev.warren.lab.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.cgroup.Hierarchies.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether limits can be set is seen without setting any. */
class LimitSupportTest {
  @TempDir private Path top;
  private Path own;

  @BeforeEach
  void makeTree() throws IOException {
    own = Files.createDirectory(top.resolve("session"));
    for (Path one : new Path[] {top, own}) {
      Files.writeString(one.resolve("cgroup.controllers"), "cpu memory pids\n");
      Files.writeString(one.resolve("cgroup.subtree_control"), "\n");
      Files.writeString(one.resolve("cgroup.procs"), "");
    }
    Files.writeString(own.resolve("cgroup.type"), "domain\n");
  }

  @Test
  void anEmptyCgroupCanBeDivided() throws Exception {
    assertThat(support())
        .allSatisfy(
            limit -> {
              assertThat(limit.unified()).isTrue();
              assertThat(limit.obstacle()).isEmpty();
            });
    assertThat(Files.readString(own.resolve("cgroup.subtree_control"))).isBlank();
    try (Stream<Path> made = Files.list(own)) {
      assertThat(made.filter(Files::isDirectory)).isEmpty();
    }
  }

  @Test
  void oneWithProcessesLeavesItToThoseAbove() throws Exception {
    Files.writeString(own.resolve("cgroup.procs"), "1\n");
    assertThat(support()).allMatch(limit -> limit.obstacle().isEmpty());

    Files.writeString(top.resolve("cgroup.type"), "domain\n");
    Files.writeString(top.resolve("cgroup.procs"), "1\n");
    assertThat(support())
        .allSatisfy(
            limit ->
                assertThat(limit.obstacle().orElseThrow().why())
                    .contains(own + " has processes of its own"));
  }

  @Test
  void namesTheControllerThatIsMissing() throws Exception {
    for (Path one : new Path[] {top, own}) {
      Files.writeString(one.resolve("cgroup.controllers"), "cpu pids\n");
    }

    assertThat(support().filter(limit -> limit.obstacle().isPresent()))
        .extracting(LimitSupport::controller)
        .containsExactly("memory");
  }

  @Test
  void withoutATreeThereIsNone() {
    assertThat(LimitSupport.in(new Hierarchies(Map.of())))
        .allSatisfy(
            limit ->
                assertThat(limit.obstacle().orElseThrow().remedy())
                    .contains("mount cgroup2 on /sys/fs/cgroup"));
  }

  private Stream<LimitSupport> support() {
    return LimitSupport.in(new Hierarchies(Map.of("", new Place(top, own, true)))).stream();
  }
}
