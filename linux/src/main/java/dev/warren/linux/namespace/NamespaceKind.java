package dev.warren.linux.namespace;

/** The kinds of namespaces; flags from linux/sched.h, names as under /proc/PID/ns. */
public enum NamespaceKind {
  MOUNT(0x00020000, "mnt"),
  CGROUP(0x02000000, "cgroup"),
  UTS(0x04000000, "uts"),
  IPC(0x08000000, "ipc"),
  USER(0x10000000, "user"),
  PID(0x20000000, "pid"),
  NET(0x40000000, "net");

  private final int flag;
  private final String file;

  NamespaceKind(int flag, String file) {
    this.flag = flag;
    this.file = file;
  }

  /** The CLONE_NEW flag of unshare(2) and setns(2). */
  public int flag() {
    return flag;
  }

  /** The file's name under /proc/PID/ns. */
  public String file() {
    return file;
  }
}
