/** The Linux kernel and nothing else: system calls, namespaces, mounts, processes, rtnetlink. */
module dev.warren.linux {
  requires static org.jspecify;
}
