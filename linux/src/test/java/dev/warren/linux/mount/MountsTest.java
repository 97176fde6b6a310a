package dev.warren.linux.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.linux.OwnThread;
import dev.warren.linux.idmap.IdMap;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.FailingKernel;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import dev.warren.linux.namespace.NamespaceKind;
import dev.warren.linux.namespace.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsTest {
  private final Mounts mounts = new Mounts(Kernel.real());
  @TempDir Path folder;

  @Test
  void aTmpfsHidesWhatWasThereAndIsSeenOnlyInside() throws Exception {
    Files.writeString(folder.resolve("outside"), "");

    inside(
        () -> {
          mounts.tmpfs(folder, "mode=0755");
          Files.writeString(folder.resolve("inside"), "");
          return null;
        });

    assertThat(folder.toFile().list()).containsExactly("outside");
  }

  @Test
  void aReadOnlyBindRefusesWriting() throws Exception {
    Path source = Files.createDirectory(folder.resolve("source"));
    Path target = Files.createDirectory(folder.resolve("target"));
    Files.writeString(source.resolve("file"), "text");

    inside(
        () -> {
          mounts.bindReadOnly(source, target);
          assertThat(target.resolve("file")).hasContent("text");
          assertThatThrownBy(() -> Files.writeString(target.resolve("other"), ""))
              .hasMessageContaining("Read-only file system");
          return null;
        });
  }

  @Test
  void aSysThatMayNotBeWrittenIsReadOnly() throws Exception {
    FailingKernel kernel =
        new FailingKernel(Kernel.real(), call -> call == SystemCall.MOUNT, 1, _ -> Errno.EPERM);

    inside(
        () -> {
          // An ordinary user mounts that of no other network namespace.
          new Namespaces(Kernel.real()).unshare(EnumSet.of(NamespaceKind.NET));
          new Mounts(kernel).sysfs(folder);
          assertThat(folder.resolve("class/net/lo")).exists();
          assertThat(Files.readAllLines(Path.of("/proc/thread-self/mountinfo")))
              .anyMatch(line -> line.contains(folder + " ro,"));
          return null;
        });
  }

  @Test
  void anOverlayKeepsChangesOutOfTheLayersEvenWithOddNames() throws Exception {
    Path top = Files.createDirectory(folder.resolve("top:,layer"));
    Path bottom = Files.createDirectory(folder.resolve("bottom"));
    Path merged = Files.createDirectory(folder.resolve("merged"));
    Path memory = Files.createDirectory(folder.resolve("memory"));
    Files.writeString(top.resolve("file"), "top");
    Files.writeString(bottom.resolve("file"), "bottom");
    Files.writeString(bottom.resolve("base"), "base");

    inside(
        () -> {
          mounts.tmpfs(memory, "mode=0755");
          Path upper = Files.createDirectory(memory.resolve("upper"));
          Path work = Files.createDirectory(memory.resolve("work"));
          mounts.overlay(
              merged,
              new OverlayOptions(
                  List.of(top, bottom),
                  Optional.of(new OverlayOptions.Upper(upper, work)),
                  !IdMap.ofUsers().isInitial()));
          assertThat(merged.resolve("file")).hasContent("top");
          Files.writeString(merged.resolve("base"), "changed");
          assertThat(merged.resolve("base")).hasContent("changed");
          return null;
        });

    assertThat(bottom.resolve("base")).hasContent("base");
  }

  @Test
  void detachingShowsAgainWhatWasHidden() throws Exception {
    Files.writeString(folder.resolve("file"), "");

    inside(
        () -> {
          mounts.tmpfs(folder, "mode=0755");
          mounts.detach(folder);
          assertThat(folder.resolve("file")).exists();
          return null;
        });
  }

  @Test
  void anErrorNamesThePlace() throws Exception {
    inside(
        () -> {
          assertThatExceptionOfType(KernelException.class)
              .isThrownBy(() -> mounts.tmpfs(folder.resolve("none"), "mode=0755"))
              .withMessage(
                  "mount tmpfs on " + folder.resolve("none") + ": " + Errno.ENOENT.toString());
          return null;
        });
  }

  private void inside(Callable<?> body) throws Exception {
    var _ =
        OwnThread.call(
            () -> {
              new Namespaces(Kernel.real()).unshare(EnumSet.of(NamespaceKind.MOUNT));
              mounts.makePrivate();
              body.call();
              return true;
            });
  }
}
