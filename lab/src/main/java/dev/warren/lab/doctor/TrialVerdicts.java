package dev.warren.lab.doctor;

import dev.warren.lab.doctor.Trial.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What it means for labs how the steps of a {@link Trial} went. */
final class TrialVerdicts {
  private static final String OK = "ok";

  private final Machine machine;
  private final Container container;

  TrialVerdicts(Machine machine) {
    this.machine = machine;
    this.container = machine.container();
  }

  List<Finding> judge(Map<Step, String> words) {
    List<Finding> findings = new ArrayList<>();
    for (Step step : Step.values()) {
      findings.add(judge(step, words.getOrDefault(step, "")));
    }
    return findings;
  }

  Finding judge(Step step, String said) {
    return switch (step) {
      case HOSTNAME -> basic("host names", said, "no host names", allowed());
      case TMPFS -> basic("private folders", said, "no private folders", allowed());
      case ETC -> etc(said);
      case USR -> usr(said);
      case SYSFS -> sysfs(said);
      case BRIDGE -> basic("bridges", said, "no networks", remedy(said, KernelPart.BRIDGE));
      case CABLE -> basic("cables (veth)", said, "no networks", remedy(said, KernelPart.VETH));
      case IDS -> ids(said);
      case TUN -> tun(said);
      case FIREWALL ->
          feature(
              "nftables",
              said,
              "no firewall of hosts and routers",
              KernelPart.FILTER.remedy(machine));
      case NAT ->
          feature(
              "nftables NAT",
              said,
              "no masquerade and no port forwards: no way out through a router",
              KernelPart.NAT.remedy(machine));
      case NETEM ->
          comfort(
              "netem",
              said,
              "link conditions go by Warren's own wire, which takes a processor's time",
              KernelPart.NETEM.remedy(machine));
      case TBF ->
          comfort(
              "token bucket (tbf)",
              said,
              "a link's rate alone goes by netem or Warren's own wire",
              KernelPart.TBF.remedy(machine));
    };
  }

  private static Finding basic(String name, String said, String cost, String remedy) {
    return finding(name, Need.LABS, said, cost, remedy);
  }

  private static Finding feature(String name, String said, String cost, String remedy) {
    return finding(name, Need.FEATURES, said, cost, remedy);
  }

  private static Finding comfort(String name, String said, String cost, String remedy) {
    return finding(name, Need.COMFORT, said, cost, remedy);
  }

  private static Finding finding(String name, Need need, String said, String cost, String remedy) {
    return said.equals(OK)
        ? Finding.yes(name, need, "tried: works")
        : Finding.no(name, need, said, cost, remedy);
  }

  /** What a container is to let through. */
  private String allowed() {
    return Refusal.isDockerDefault(machine) ? container.apparmor() : container.seccomp();
  }

  /** A kernel that has it not says so; a filter says that it is not permitted. */
  private String remedy(String said, KernelPart part) {
    return said.contains("EPERM") || said.contains("EACCES") ? allowed() : part.remedy(machine);
  }

  /** Hosts start from the machine's /etc; where it cannot be below an overlay it is copied. */
  private Finding etc(String said) {
    String name = "overlays";
    if (isMisplaced(said)) {
      return Finding.partly(
          name,
          Need.LABS,
          "none over /etc" + because("/etc"),
          "each host gets a copy of what can be read there",
          "nothing, or leave out what is mounted there");
    }
    return basic(name, said, "no private /etc", remedy(said, KernelPart.OVERLAY));
  }

  private Finding usr(String said) {
    String name = "overlays over /usr";
    if (said.equals(OK)) {
      return Finding.yes(name, Need.TESTENVS, "tried: works");
    }
    return Finding.partly(
        name,
        Need.TESTENVS,
        isMisplaced(said) ? "refused" + because("/usr") : said,
        "software that is not installed (Debian packages that are fetched) cannot be shown in"
            + " hosts: no testenvs with it, no `packages` of a lab",
        "install the software and use --software=installed"
            + (machine.mountsBelow("/usr").isEmpty() ? "" : ", or unmount what is below /usr"));
  }

  /** The kernel refuses so what it cannot put below an overlay, and nothing else of ours. */
  private static boolean isMisplaced(String said) {
    return said.contains("EINVAL");
  }

  private String because(String place) {
    List<String> below = machine.mountsBelow(place);
    return below.isEmpty()
        ? ": it lies on an overlay or another file system that cannot be below one"
        : ": there are mounts below it: " + String.join(", ", below);
  }

  private Finding sysfs(String said) {
    String name = "fresh /sys";
    return said.equals(OK)
        ? Finding.yes(name, Need.LABS, "tried: works")
        : Finding.partly(
            name,
            Need.LABS,
            said,
            "hosts see the /sys of the machine: its interfaces in /sys/class/net",
            container.masks());
  }

  /**
   * @param answer of a trial with a PID namespace
   */
  Finding proc(Machine.Answer answer) {
    String name = "fresh /proc";
    if (answer.good()) {
      return Finding.yes(name, Need.LABS, "each host has its own");
    }
    List<String> hidden = machine.mountsBelow("/proc");
    return Finding.partly(
        name,
        Need.LABS,
        hidden.isEmpty()
            ? answer.lastLine()
            : "parts of /proc are hidden: " + String.join(", ", hidden),
        "hosts see the /proc of the machine: `ps` in a host shows processes of others",
        container.masks());
  }

  private Finding tun(String said) {
    boolean there = machine.exists(NetworkTrial.TUN.toString());
    return feature(
        "TUN",
        there || said.equals(OK) ? said : NetworkTrial.TUN + " is not there",
        "no VPNs in hosts: what makes tun and tap interfaces fails",
        there
            ? "chmod 666 " + NetworkTrial.TUN
            : container.device(NetworkTrial.TUN.toString(), "tun"));
  }

  private static Finding ids(String said) {
    String name = "mapped ids";
    if (said.matches("\\d+")) {
      long count = Long.parseLong(said);
      return count > 1
          ? Finding.yes(name, Need.TESTENVS, String.format(Locale.ROOT, "%,d", count))
          : Finding.partly(
              name,
              Need.TESTENVS,
              "one",
              "services that change to another user fail, chown fails",
              "see \"range of ids\" above");
    }
    return Finding.no(name, Need.TESTENVS, said, "unknown", "see what is missing above");
  }
}
