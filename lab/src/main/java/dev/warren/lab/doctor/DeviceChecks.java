package dev.warren.lab.doctor;

import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import java.nio.file.Path;

/** Devices of the machine that are opened where the doctor stands, not in a host. */
final class DeviceChecks {
  private DeviceChecks() {}

  /** Labs are no virtual machines; the script that tests Warren on other kernels makes some. */
  static Finding kvm(Machine machine, Kernel kernel, Path device) {
    String name = "KVM";
    try {
      Descriptor.open(kernel, device, Descriptor.O_RDWR | Descriptor.O_CLOEXEC).close();
      return Finding.yes(name, Need.COMFORT, device + " opens for reading and writing");
    } catch (KernelException refused) {
      boolean there = machine.exists(device.toString());
      return Finding.no(
          name,
          Need.COMFORT,
          there ? String.valueOf(refused.getMessage()) : device + " is not there",
          "nothing of Warren's; bench/kernel.sh, which runs its tests on other kernels, takes ten"
              + " times as long",
          there
              ? "usermod --append --groups kvm " + machine.user()
              : machine.container().device(device.toString(), "kvm-intel, or kvm-amd"));
    }
  }
}
