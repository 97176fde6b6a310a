package dev.warren.linux.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.warren.linux.OwnThread;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NamespacesTest {
  private final Namespaces namespaces = new Namespaces(Kernel.real());

  @Test
  void aThreadAloneLeavesTheMachine() throws Exception {
    String machine = identity(NamespaceKind.NET);

    String inside =
        OwnThread.call(
            () -> {
              namespaces.unshare(EnumSet.of(NamespaceKind.NET));
              return identity(NamespaceKind.NET);
            });

    assertThat(inside).isNotEqualTo(machine);
    assertThat(identity(NamespaceKind.NET)).isEqualTo(machine);
  }

  @Test
  void aHostNameIsTheNamespacesOwn() throws Exception {
    String machine = Files.readString(Path.of("/proc/sys/kernel/hostname"));

    String inside =
        OwnThread.call(
            () -> {
              namespaces.unshare(EnumSet.of(NamespaceKind.UTS));
              namespaces.hostname("burrow");
              return Files.readString(Path.of("/proc/sys/kernel/hostname"));
            });

    assertThat(inside).isEqualTo("burrow\n");
    assertThat(Files.readString(Path.of("/proc/sys/kernel/hostname"))).isEqualTo(machine);
  }

  @Test
  void anOpenDescriptorKeepsANamespaceThatOthersEnter() throws Exception {
    Descriptor held =
        OwnThread.call(
            () -> {
              namespaces.unshare(
                  EnumSet.of(NamespaceKind.NET, NamespaceKind.MOUNT, NamespaceKind.UTS));
              namespaces.hostname("kept");
              return namespaces.own(NamespaceKind.UTS);
            });

    try (held) {
      String name =
          OwnThread.call(
              () -> {
                namespaces.enter(held, NamespaceKind.UTS);
                return Files.readString(Path.of("/proc/sys/kernel/hostname"));
              });
      assertThat(name).isEqualTo("kept\n");
    }
  }

  @Test
  void aVirtualThreadIsRefused() throws Exception {
    Thread thread =
        Thread.ofVirtual()
            .start(
                () ->
                    assertThatIllegalStateException()
                        .isThrownBy(() -> namespaces.unshare(Set.of(NamespaceKind.NET)))
                        .withMessageContaining("Use a platform thread"));
    thread.join();
  }

  private static String identity(NamespaceKind kind) throws Exception {
    return Files.readSymbolicLink(Path.of("/proc/thread-self/ns", kind.file())).toString();
  }
}
