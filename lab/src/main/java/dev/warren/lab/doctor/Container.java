package dev.warren.lab.doctor;

import java.util.Optional;

/** What kind of container this is, by the traces that its maker leaves, and what is set where. */
enum Container {
  NONE,
  DOCKER,
  PODMAN,
  GITLAB,
  KUBERNETES,
  LXC,
  NSPAWN;

  /** The files that systemd's container interface (systemd.io/CONTAINER_INTERFACE) tells it by. */
  private static final String MANAGER = "/run/host/container-manager";

  private static final String SYSTEMD = "/run/systemd/container";

  /** PROC_PID_INIT_INO of linux/proc_ns.h: the machine's own, which no container has. */
  private static final String FIRST_PIDS = "pid:[4026531836]";

  static Container of(Machine machine) {
    // A virtual machine may have been made of a container's image, with its traces.
    if (machine.link("/proc/self/ns/pid").equals(Optional.of(FIRST_PIDS))) {
      return NONE;
    }
    if (machine.exists("/var/run/secrets/kubernetes.io")
        || machine.variable("KUBERNETES_SERVICE_HOST").isPresent()) {
      return KUBERNETES;
    }
    String manager =
        machine
            .variable("container")
            .or(() -> machine.read(MANAGER))
            .or(() -> machine.read(SYSTEMD))
            .orElse("");
    if (machine.exists("/.dockerenv") || manager.equals("docker")) {
      return machine.variable("GITLAB_CI").isPresent() ? GITLAB : DOCKER;
    }
    if (machine.exists("/run/.containerenv") || manager.equals("podman")) {
      return PODMAN;
    }
    return switch (manager) {
      case "lxc" -> LXC;
      case "systemd-nspawn" -> NSPAWN;
      default -> NONE;
    };
  }

  /** What helps against a filter of system calls. */
  String seccomp() {
    return switch (this) {
      case DOCKER, PODMAN, GITLAB, KUBERNETES ->
          "start the container with a profile that allows them: `warren seccomp --for %s` says how"
              .formatted(name().toLowerCase(java.util.Locale.ROOT));
      case LXC -> "in the container's configuration: security.nesting=true (LXD, Incus)";
      case NSPAWN -> "systemd-nspawn --system-call-filter=@mount";
      case NONE ->
          "start the container with a profile that allows them: `warren seccomp --for docker`"
              + " (podman, gitlab, kubernetes) says how; in a service of systemd:"
              + " RestrictNamespaces=no, and no SystemCallFilter";
    };
  }

  /** What helps against AppArmor's profile of containers. */
  String apparmor() {
    return switch (this) {
      case PODMAN -> "podman run --security-opt apparmor=unconfined";
      case GITLAB -> "in the runner's config.toml: security_opt = ['apparmor:unconfined']";
      case KUBERNETES -> "in the securityContext: appArmorProfile: {type: Unconfined}";
      default -> "docker run --security-opt apparmor=unconfined";
    };
  }

  /** What helps against the hiding of parts of /proc and /sys. */
  String masks() {
    return switch (this) {
      case DOCKER -> "docker run --security-opt systempaths=unconfined";
      case PODMAN -> "podman run --security-opt unmask=ALL";
      case KUBERNETES -> "in the securityContext: procMount: Unmasked, with hostUsers: false";
      case GITLAB -> "nothing: a runner cannot be told to show them";
      default ->
          "nothing, or unmount what hides parts of it; in a container: systempaths=unconfined"
              + " (Kubernetes: procMount: Unmasked)";
    };
  }

  /** What helps when there is no device. */
  String device(String path, String module) {
    return switch (this) {
      case DOCKER -> "docker run --device " + path;
      case PODMAN -> "podman run --device " + path;
      case GITLAB -> "in the runner's config.toml: devices = [\"%s\"]".formatted(path);
      case KUBERNETES -> "a device plugin for " + path + ", or a privileged pod";
      case LXC ->
          "lxc.mount.entry = %s %s none bind,create=file".formatted(path, path.substring(1));
      case NSPAWN -> "systemd-nspawn --bind=" + path;
      case NONE -> "modprobe " + module;
    };
  }
}
