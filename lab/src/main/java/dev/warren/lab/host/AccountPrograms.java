package dev.warren.lab.host;

import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.mount.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The machine's programs for passwords (su, passwd, ...), which work by being root's or a group's:
 * in an ordinary user's lab, or a user namespace of the host's own, their owners are not mapped,
 * and the kernel ignores their setuid and setgid bits. So the host gets copies that belong to its
 * own root.
 */
final class AccountPrograms {
  private static final List<String> PROGRAMS =
      List.of(
          "/usr/bin/su",
          "/usr/bin/sudo",
          "/usr/bin/passwd",
          "/usr/bin/gpasswd",
          "/usr/bin/newgrp",
          "/usr/bin/chsh",
          "/usr/bin/chfn",
          "/usr/bin/chage",
          "/usr/bin/expiry",
          "/usr/sbin/unix_chkpwd");

  private static final int SETUID = 04000;
  private static final int SETGID = 02000;

  private final Mounts mounts;
  private final HostIds ids;

  AccountPrograms(Kernel kernel, HostIds ids) {
    this.mounts = new Mounts(kernel);
    this.ids = ids;
  }

  /** Shows the copies in place of the machine's. */
  void mount(Path folder) throws IOException {
    if (ids.areMachines()) {
      return;
    }
    for (String name : PROGRAMS) {
      Path program = Path.of(name);
      if (Files.isReadable(program)) {
        int mode = (int) Files.getAttribute(program, "unix:mode") & 07777;
        if ((mode & (SETUID | SETGID)) != 0) {
          Path copy = folder.resolve(program.getFileName());
          Files.copy(program, copy, StandardCopyOption.REPLACE_EXISTING);
          if ((mode & SETGID) != 0) {
            // Of the setgid ones all are for reading shadow.
            var shadow = Owners.findGroup(Path.of("/etc"), "shadow");
            if (shadow.isEmpty() || ids.gid(shadow.get()).isEmpty()) {
              continue;
            }
            Files.setAttribute(copy, "unix:gid", ids.gid(shadow.get()).getAsInt());
          }
          Files.setAttribute(copy, "unix:mode", mode);
          mounts.bind(copy, program);
        }
      }
    }
  }
}
