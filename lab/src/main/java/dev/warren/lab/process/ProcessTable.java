package dev.warren.lab.process;

import dev.warren.linux.process.ProcessStat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processes of this machine at one moment, sorted into hosts by PID namespace. One reading of
 * /proc serves any number of hosts.
 *
 * <p>Only a process with power over the hosts' user namespace sees all of it: the JVM that keeps
 * them, or root.
 */
public final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  /** Names and arguments are bytes: any will do. */
  private static final Charset CHARSET = StandardCharsets.ISO_8859_1;

  /** What a host's process 1 is, whichever program does it. */
  private static final List<String> INIT = List.of("init");

  private final Map<Long, ProcessStat> processes;

  private ProcessTable(Map<Long, ProcessStat> processes) {
    this.processes = processes;
  }

  /** Reads /proc. */
  public static ProcessTable read() {
    Map<Long, ProcessStat> processes = new HashMap<>();
    ProcessStat.all().forEach(process -> processes.put(process.pid(), process));
    return new ProcessTable(processes);
  }

  /**
   * The processes of a host, by PID: of its own PID namespace and of those made inside it. Who
   * ended meanwhile is left out.
   *
   * @param init the PID of the host's init, as the machine counts
   */
  public List<HostProcessInfo> of(long init) {
    Optional<Path> namespace = namespace(init);
    int depth = depth(init) - 1;
    if (namespace.isEmpty() || depth < 0) {
      return List.of();
    }
    Map<Long, Boolean> known = new HashMap<>();
    Map<Long, String> users = users(init);
    List<HostProcessInfo> found = new ArrayList<>();
    for (ProcessStat process : processes.values()) {
      if (isIn(process, namespace.get(), known)) {
        info(process, depth, users).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingLong(HostProcessInfo::hostPid));
    return found;
  }

  /**
   * Who is stopped outside and has not yet waited for a process of a host that has ended.
   * nsenter(1) and script(1) stop themselves when the command under them is stopped; the kernel
   * lets no init end before all of its host were waited for.
   */
  public List<ProcessStat> launchersOfEnded() {
    return processes.values().stream()
        .filter(ProcessStat::hasEnded)
        .flatMap(
            ended ->
                Optional.ofNullable(processes.get(ended.parent())).stream()
                    .filter(ProcessStat::isStopped)
                    .filter(parent -> depth(parent.pid()) < depth(ended.pid())))
        .distinct()
        .toList();
  }

  /** How many PID namespaces know the process, from ours on inwards; 0 when it is gone. */
  private static int depth(long pid) {
    return field(pid, "NSpid:").size();
  }

  /** In the namespace itself, or, as who made one of its own inside, below one that is. */
  private boolean isIn(ProcessStat process, Path namespace, Map<Long, Boolean> known) {
    Boolean before = known.get(process.pid());
    if (before != null) {
      return before;
    }
    known.put(process.pid(), false);
    boolean in = namespace(process.pid()).filter(namespace::equals).isPresent();
    ProcessStat parent = processes.get(process.parent());
    if (!in && parent != null) {
      in = isIn(parent, namespace, known);
    }
    known.put(process.pid(), in);
    return in;
  }

  private static Optional<HostProcessInfo> info(
      ProcessStat process, int depth, Map<Long, String> users) {
    List<String> pids = field(process.pid(), "NSpid:");
    List<String> uids = field(process.pid(), "Uid:");
    if (pids.size() <= depth || uids.isEmpty()) {
      return Optional.empty();
    }
    List<String> parents = field(process.parent(), "NSpid:");
    List<String> resident = field(process.pid(), "VmRSS:");
    long uid = Long.parseLong(uids.getFirst());
    long hostPid = Long.parseLong(pids.get(depth));
    return Optional.of(
        new HostProcessInfo(
            process,
            hostPid,
            parents.size() > depth ? Long.parseLong(parents.get(depth)) : 0,
            uid,
            users.getOrDefault(uid, Long.toString(uid)),
            resident.isEmpty() ? 0 : Long.parseLong(resident.getFirst()) * 1024,
            hostPid == 1 ? INIT : command(process.pid())));
  }

  private static Optional<Path> namespace(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(file(pid, "ns").resolve("pid")));
    } catch (IOException goneOrNotOurs) {
      return Optional.empty();
    }
  }

  /** The words of a line of /proc/PID/status; none when the process is gone or has no such line. */
  private static List<String> field(long pid, String name) {
    try {
      return Files.readAllLines(file(pid, "status"), CHARSET).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> List.of(line.substring(name.length()).strip().split("\\s+")))
          .findFirst()
          .orElse(List.of());
    } catch (IOException gone) {
      return List.of();
    }
  }

  private static List<String> command(long pid) {
    try {
      String text = Files.readString(file(pid, "cmdline"), CHARSET);
      return text.isEmpty() ? List.of() : List.of(text.substring(0, text.length() - 1).split("\0"));
    } catch (IOException gone) {
      return List.of();
    }
  }

  /** The names of the host's own passwd by uid, the first one where several share it. */
  private static Map<Long, String> users(long init) {
    Map<Long, String> names = new HashMap<>();
    try {
      Path passwd = file(init, "root").resolve("etc/passwd");
      for (String line : Files.readAllLines(passwd, CHARSET)) {
        String[] fields = line.split(":", 4);
        if (fields.length == 4 && fields[2].matches("[0-9]{1,10}")) {
          names.putIfAbsent(Long.parseLong(fields[2]), fields[0]);
        }
      }
    } catch (IOException unreadable) {
      // Then it is numbers.
      return names;
    }
    return names;
  }

  private static Path file(long pid, String name) {
    return PROC.resolve(Long.toString(pid)).resolve(name);
  }
}
