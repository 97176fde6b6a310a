package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.testing.OtherJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can be wrong of which the real thing can be made in a user namespace; {@link RefusalTest}
 * has the rest.
 */
@Timeout(120)
class ElsewhereTest {
  private static final String USER = "user namespace";
  private static final String RANGE = "range of ids";
  private static final Path NEWUIDMAP = Path.of("/usr/bin/newuidmap");

  @TempDir private Path folder;

  @Test
  void aSeccompFilter() throws Exception {
    // Its own arguments are the command that comes behind it.
    List<String> filter = OtherJvm.command(FilteredCommand.class);
    Path script = Files.writeString(folder.resolve("drop"), Elsewhere.ORDINARY);

    Elsewhere found =
        Elsewhere.by(
            folder, Stream.concat(Stream.of("sh", script.toString()), filter.stream()).toList());

    assertThat(found.labsWork()).isFalse();
    assertThat(found.words("system calls", "detail"))
        .isEqualTo("a seccomp filter refuses unshare, setns, mount");
    assertThat(found.words(USER, "detail")).startsWith("a seccomp filter is on: ");
    assertThat(found.words(USER, "remedy")).contains("warren seccomp --for ");
  }

  /** Root has namespaces to make and may not: there is no word of steps that were not tried. */
  @Test
  void aSeccompFilterBeforeRoot() throws Exception {
    List<String> filter = OtherJvm.command(FilteredCommand.class);
    Elsewhere found =
        Elsewhere.by(
            folder,
            Stream.concat(Stream.of("unshare", "--user", "--map-root-user"), filter.stream())
                .toList());

    assertThat(found.words("namespaces", "detail")).startsWith("a seccomp filter is on: ");
    assertThat(found.words("bridges", "detail")).startsWith("nothing is said");
  }

  @Test
  void noUserNamespacesAllowed() throws Exception {
    Elsewhere found =
        Elsewhere.after(
            folder, "echo 0 >/proc/sys/user/max_user_namespaces\n" + Elsewhere.ORDINARY);

    assertThat(found.labsWork()).isFalse();
    assertThat(found.words(USER, "detail")).isEqualTo("/proc/sys/user/max_user_namespaces is 0");
    assertThat(found.words(USER, "remedy"))
        .isEqualTo("sysctl user.max_user_namespaces=15000; or run Warren as root");
  }

  @Test
  void noNetworkNamespacesAllowed() throws Exception {
    Elsewhere found =
        Elsewhere.after(folder, "echo 0 >/proc/sys/user/max_net_namespaces\nexec \"$@\"\n");

    assertThat(found.labsWork()).isFalse();
    assertThat(found.words("namespaces", "remedy"))
        .isEqualTo("sysctl user.max_net_namespaces=15000");
  }

  @Test
  void userNamespacesNestedTooDeep() throws Exception {
    Elsewhere found =
        Elsewhere.after(
            folder,
            """
            if unshare --user --map-current-user true 2>/dev/null; then
              exec unshare --user --map-current-user sh "$0" "$@"
            fi
            """
                + Elsewhere.ORDINARY);

    assertThat(found.labsWork()).isFalse();
    assertThat(found.words(USER, "detail")).contains("nested more than 32 deep");
    assertThat(found.words(USER, "remedy")).endsWith("or nest less");
  }

  @Test
  void aChroot() throws Exception {
    Path root = Files.createDirectory(folder.resolve("root"));
    Elsewhere found =
        Elsewhere.after(
            folder,
            "mount --rbind / %s\n".formatted(root)
                + Elsewhere.ORDINARY.replace("exec", "exec chroot " + root));

    assertThat(found.labsWork()).isFalse();
    assertThat(found.words("system calls", "verdict")).isEqualTo("yes");
    assertThat(found.words(USER, "detail")).startsWith("a chroot, or ");
    assertThat(found.words(USER, "remedy")).startsWith("leave the chroot if this is one");
  }

  @Test
  void aUidThatIsNotMapped() throws Exception {
    Elsewhere found = Elsewhere.by(folder, List.of("unshare", "--user"));

    assertThat(found.labsWork()).isFalse();
    assertThat(found.words(USER, "detail")).contains("uid is not in", "/proc/self/uid_map");
    assertThat(found.words(USER, "remedy")).contains("--map-root-user");
  }

  @Test
  void rootWithoutItsPowers() throws Exception {
    Path script = Files.writeString(folder.resolve("drop"), Elsewhere.ORDINARY);
    Elsewhere found =
        Elsewhere.by(
            folder, List.of("unshare", "--user", "--map-root-user", "sh", script.toString()));

    assertThat(found.words(USER, "detail")).startsWith("root without CAP_SETFCAP");
  }

  /** As in a container: nothing of it keeps labs from working. */
  @Test
  void hiddenPartsOfTheMachine() throws Exception {
    Path devices = Files.createDirectory(folder.resolve("dev"));
    Elsewhere found =
        Elsewhere.after(
            folder,
            "DEVICES=%s\n".formatted(devices)
                + """
            mount --bind /dev/null /proc/uptime
            mount -t tmpfs none /sys/kernel
            mount -t tmpfs none /usr/local
            mount --bind /dev/null /etc/hostname
            for one in null zero full random urandom tty; do
              : >"$DEVICES/$one"
              mount --bind "/dev/$one" "$DEVICES/$one"
            done
            mount --rbind "$DEVICES" /dev
            """
                + Elsewhere.ORDINARY);

    assertThat(found.labsWork()).as("%s", found).isTrue();
    assertThat(found.words("fresh /proc", "verdict")).isEqualTo("partly");
    assertThat(found.words("fresh /proc", "detail")).contains("/proc/uptime");
    assertThat(found.words("fresh /proc", "remedy")).contains("systempaths=unconfined");
    assertThat(found.words("fresh /sys", "verdict")).isEqualTo("partly");
    assertThat(found.words("overlays", "verdict")).isEqualTo("partly");
    assertThat(found.words("overlays", "cost")).contains("copy");
    assertThat(found.words("overlays over /usr", "verdict")).isEqualTo("partly");
    assertThat(found.words("overlays over /usr", "detail")).contains("/usr/local");
    assertThat(found.words("overlays over /usr", "remedy")).contains("--software=installed");
    assertThat(found.words("TUN", "detail")).isEqualTo("/dev/net/tun is not there");
    assertThat(found.words("KVM", "detail")).isEqualTo("/dev/kvm is not there");
  }

  @Test
  void noNewPrivileges() throws Exception {
    Elsewhere found =
        Elsewhere.after(folder, Elsewhere.ORDINARY.replace("setpriv", "setpriv --no-new-privs"));

    assertThat(found.labsWork()).isTrue();
    assertThat(found.words(RANGE, "verdict")).isEqualTo("partly");
    assertThat(found.words(RANGE, "detail")).startsWith("no-new-privileges is set");
    assertThat(found.words("mapped ids", "detail")).isEqualTo("one");
  }

  @Test
  void noNewuidmap() throws Exception {
    Elsewhere found =
        Elsewhere.after(folder, "PATH=%s\n".formatted(programs()) + Elsewhere.ORDINARY);

    assertThat(found.words(USER, "verdict")).isEqualTo("yes");
    assertThat(found.words(RANGE, "detail")).isEqualTo("newuidmap is not installed");
  }

  @Test
  void aNewuidmapWithoutPowers() throws Exception {
    assumeTrue(Files.exists(NEWUIDMAP), "there is no newuidmap here");
    Path programs = programs();
    Path copy = Files.copy(NEWUIDMAP, programs.resolve("newuidmap"));
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));

    Elsewhere found = Elsewhere.after(folder, "PATH=%s\n".formatted(programs) + Elsewhere.ORDINARY);

    assertThat(found.words(RANGE, "detail")).contains("neither setuid nor has file capabilities");
  }

  @Test
  void aUserNamespaceWithoutARangeOfItsOwn() throws Exception {
    assumeTrue(Files.exists(NEWUIDMAP), "there is no newuidmap here");

    Elsewhere found = Elsewhere.after(folder, Elsewhere.ORDINARY);

    assertThat(found.labsWork()).isTrue();
    assertThat(found.words(RANGE, "detail"))
        .isEqualTo("the user namespace that this process is in has one id itself");
    assertThat(found.words(RANGE, "remedy")).contains("outside of it");
  }

  /** A PATH of what the doctor needs to look around, without newuidmap. */
  private Path programs() throws Exception {
    Path programs = Files.createDirectory(folder.resolve("programs"));
    for (String name : List.of("unshare", "setpriv", "true", "id")) {
      Path program = Files.createFile(programs.resolve(name));
      Files.writeString(program, "#!/bin/sh\nexec /usr/bin/%s \"$@\"\n".formatted(name));
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return programs;
  }
}
