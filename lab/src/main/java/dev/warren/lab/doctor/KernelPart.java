package dev.warren.lab.doctor;

import java.util.List;
import java.util.Optional;

/**
 * A part of the kernel that it loads when it is asked for, or was built without.
 *
 * @param options the settings of its build
 * @param modules the files, without their ends
 */
record KernelPart(String options, List<String> modules) {
  static final KernelPart BRIDGE = of("CONFIG_BRIDGE", "bridge");
  static final KernelPart VETH = of("CONFIG_VETH", "veth");
  static final KernelPart OVERLAY = of("CONFIG_OVERLAY_FS", "overlay");
  static final KernelPart FILTER =
      of("CONFIG_NF_TABLES, CONFIG_NF_TABLES_INET and CONFIG_NFT_CT", "nf_tables", "nft_ct");
  static final KernelPart NAT =
      of("CONFIG_NFT_NAT and CONFIG_NFT_MASQ", "nft_chain_nat", "nft_masq");
  static final KernelPart NETEM = of("CONFIG_NET_SCH_NETEM", "sch_netem");
  static final KernelPart TBF = of("CONFIG_NET_SCH_TBF", "sch_tbf");

  /** Where Fedora and its kin have what few machines need. */
  private static final Distribution.Software EXTRA =
      new Distribution.Software("more modules", "", "kernel-modules-extra", "");

  private static KernelPart of(String options, String... modules) {
    return new KernelPart(options, List.of(modules));
  }

  /** What to do where the kernel says that it lacks this. */
  String remedy(Machine machine) {
    String load = "modprobe -a " + String.join(" ", modules);
    if (machine.container() != Container.NONE) {
      return "on the machine that runs this container: %s, or a kernel with %s"
          .formatted(load, options);
    }
    Optional<String> files =
        machine
            .read("/proc/sys/kernel/osrelease")
            .flatMap(release -> machine.read("/lib/modules/" + release + "/modules.dep"));
    if (files.stream().anyMatch(this::isIn)) {
      return load;
    }
    return files.isPresent() && machine.distribution() == Distribution.FEDORA
        ? machine.distribution().install(EXTRA)
        : "a kernel with " + options + " (this one has no such module)";
  }

  /** Lines of modules.dep(5) begin with a file, which may be compressed. */
  private boolean isIn(String files) {
    return modules.stream()
        .allMatch(
            module ->
                files
                    .lines()
                    .anyMatch(line -> line.split(":", 2)[0].contains("/" + module + ".ko")));
  }
}
