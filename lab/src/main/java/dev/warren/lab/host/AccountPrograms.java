package dev.warren.lab.host;

import dev.warren.linux.idmap.IdMap;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.mount.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The machine's programs for passwords (su, passwd, ...), which work by being root's or a group's:
 * in an ordinary user's lab their owners are not mapped, and the kernel ignores their setuid and
 * setgid bits. So the host gets copies that belong to its own root.
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

  AccountPrograms(Kernel kernel) {
    this.mounts = new Mounts(kernel);
  }

  /** Shows the copies in place of the machine's. */
  void mount(Path folder) throws IOException {
    if (IdMap.ofUsers().isInitial()) {
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
            var shadow = Owners.findGroup("shadow");
            if (shadow.isEmpty() || !IdMap.ofGroups().contains(shadow.get())) {
              continue;
            }
            Files.setAttribute(copy, "unix:gid", shadow.get());
          }
          Files.setAttribute(copy, "unix:mode", mode);
          mounts.bind(copy, program);
        }
      }
    }
  }
}
