/** The Linux kernel and nothing else: system calls, namespaces, mounts, processes, rtnetlink. */
module dev.warren.linux {
  requires static org.jspecify;

  exports dev.warren.linux.idmap;
  exports dev.warren.linux.kernel;
  exports dev.warren.linux.mount;
  exports dev.warren.linux.namespace;
  exports dev.warren.linux.netlink;
  exports dev.warren.linux.nftables;
  exports dev.warren.linux.packet;
  exports dev.warren.linux.process;
}
