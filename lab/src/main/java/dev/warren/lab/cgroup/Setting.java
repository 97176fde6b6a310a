package dev.warren.lab.cgroup;

import dev.warren.lab.description.HostLimits;
import java.util.ArrayList;
import java.util.List;

/**
 * A value for a file of a cgroup. The files are those of Documentation/admin-guide/cgroup-v1 and
 * cgroup-v2.rst of the kernel.
 *
 * @param optional whether a kernel without swap accounting may lack the file
 */
record Setting(Controller controller, String file, String value, boolean optional) {
  /** In microseconds: the kernel's default. */
  private static final long PERIOD = 100_000;

  static List<Setting> of(HostLimits limits, boolean unified) {
    List<Setting> settings = new ArrayList<>();
    limits
        .memory()
        .ifPresent(
            bytes -> {
              if (unified) {
                settings.add(new Setting(Controller.MEMORY, "memory.max", "" + bytes, false));
                settings.add(new Setting(Controller.MEMORY, "memory.swap.max", "0", true));
              } else {
                settings.add(
                    new Setting(Controller.MEMORY, "memory.limit_in_bytes", "" + bytes, false));
                // This one counts memory and swap together.
                settings.add(
                    new Setting(
                        Controller.MEMORY, "memory.memsw.limit_in_bytes", "" + bytes, true));
              }
            });
    limits
        .cpu()
        .ifPresent(
            processors -> {
              long quota = Math.round(processors * PERIOD);
              if (unified) {
                settings.add(new Setting(Controller.CPU, "cpu.max", quota + " " + PERIOD, false));
              } else {
                settings.add(new Setting(Controller.CPU, "cpu.cfs_period_us", "" + PERIOD, false));
                settings.add(new Setting(Controller.CPU, "cpu.cfs_quota_us", "" + quota, false));
              }
            });
    limits
        .processes()
        .ifPresent(
            count -> settings.add(new Setting(Controller.PIDS, "pids.max", "" + count, false)));
    return settings;
  }

  /** Those controllers that the settings need. */
  static List<Controller> controllers(HostLimits limits) {
    return of(limits, true).stream().map(Setting::controller).distinct().toList();
  }
}
