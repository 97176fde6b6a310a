package dev.warren.lab.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.control.Registration;
import dev.warren.lab.control.RunningLabs;
import dev.warren.lab.control.Supervision;
import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostIsolation;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.ServiceDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.FailingKernel;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.SystemCall;
import dev.warren.linux.mount.Mounts;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes a lab where there is too little of something, then a little more of it, until it starts;
 * each time with what is left checked, and a lab that starts when there is enough again.
 */
final class ScarceLab {
  private static final int MOST = 200;
  private static final int ENOUGH = 60;
  private static final long UNTIL_GONE_MILLIS = 10_000;

  private final Path state;
  private final Resource resource;
  private final boolean ownUsers;

  /** What there is too little of. */
  private interface Resource extends AutoCloseable {
    /** Lets there be so many more than are used now. */
    void leave(int more) throws Exception;

    /** Lets there be enough. */
    void restore() throws Exception;

    /** What an error about it has to say. */
    String remedy();

    @Override
    default void close() {}
  }

  private ScarceLab(Path state, Resource resource, boolean ownUsers) {
    this.state = state;
    this.resource = resource;
    this.ownUsers = ownUsers;
  }

  /**
   * Prints how often it was refused; fails when an error is not clear, or something is left.
   *
   * @param arguments a folder of the labs' own, and what is scarce: "descriptors", "processes", or
   *     a kind of namespace as /proc/sys/user has it
   */
  public static void main(String[] arguments) throws Exception {
    String scarce = arguments[1];
    try (Resource resource =
        switch (scarce) {
          case "descriptors" -> new Limit("nofile", "raise `ulimit -n`", ScarceLab::descriptors);
          case "disk" -> new Disk(Path.of(arguments[0]));
          case "processes" -> new Limit("nproc", "raise `ulimit -u`", ScarceLab::tasks);
          default -> new Namespaces(scarce);
        }) {
      new ScarceLab(Path.of(arguments[0]), resource, scarce.equals("user")).run(scarce);
    }
  }

  private void run(String scarce) throws Exception {
    resource.restore();
    live();
    // What a failure needs of Java's classes is loaded while there are descriptors for that.
    for (int nth = 20; nth <= 220; nth += 40) {
      fail(nth);
    }
    Footprint before = Footprint.now();
    Set<String> messages = new TreeSet<>();
    int refused = 0;
    boolean started = false;
    for (int more = 0; !started && more < MOST; more++) {
      resource.leave(more);
      try {
        live();
        started = true;
      } catch (IOException failure) {
        refused++;
        requireKnown(failure);
        messages.add(requireClear(failure));
      } finally {
        resource.restore();
      }
      requireGone(before);
    }
    messages.forEach(System.out::println);
    if (!started || refused == 0) {
      throw new AssertionError("refused " + refused + " times, started: " + started);
    }
    live();
    requireGone(before);
    System.out.printf("%s: refused %d times, nothing left%n", scarce, refused);
  }

  private LabDescription lab() {
    HostBuilder c = HostDescription.named("c").on("lan", 3);
    if (ownUsers) {
      c.isolation(HostIsolation.NONE.withUser());
    }
    return LabDescription.builder("scarce")
        .network("lan", "10.53.57.0/24")
        .host(HostDescription.named("a").on("lan", 1))
        .host(
            HostDescription.named("b")
                .on("lan", 2)
                .service(ServiceDescription.script("daemon", "exec sleep 1000").build()))
        .host(c)
        .build();
  }

  private void live() throws IOException {
    if (!(resource instanceof Disk)) {
      try (Lab lab = Lab.start(lab(), LabSettings.in(state))) {
        use(lab);
      }
      return;
    }
    Registration registration = RunningLabs.in(state).register("scarce");
    try (registration;
        Lab lab = Lab.start(lab(), LabSettings.in(registration.stateDirectory()));
        Supervision _ = Supervision.of(registration, lab, false)) {
      use(lab);
    }
  }

  private static void use(Lab lab) throws IOException {
    Process process = lab.host("a").start(HostCommand.of("hostname").mergeErrors());
    process.getOutputStream().close();
    try (var out = process.getInputStream()) {
      String said = new String(out.readAllBytes(), UTF_8);
      if (!said.equals("a\n")) {
        // The C library in there has its limits too.
        throw new IOException("host a says: " + said.strip() + ": raise `ulimit`");
      }
    }
  }

  private void fail(int nth) throws IOException {
    Kernel kernel = new FailingKernel(Kernel.real(), _ -> true, nth, Errno.EMFILE);
    try (Lab _ = Lab.start(lab(), LabSettings.in(state).withKernel(kernel))) {
      // A close that failed, perhaps.
    } catch (IOException expected) {
      var _ = expected.getMessage();
    }
  }

  private String requireClear(IOException failure) {
    String text = String.valueOf(failure.getMessage());
    if (!text.contains(resource.remedy()) || text.lines().count() != 1 || !text.contains(": ")) {
      throw new AssertionError("not clear enough", failure);
    }
    return text.replaceAll("[0-9]{2,}", "N");
  }

  /** What came besides is no mistake of Warren's either. */
  private static void requireKnown(Throwable failure) {
    for (Throwable one = failure; one != null; one = one.getCause()) {
      if (!(one instanceof IOException || one instanceof OutOfMemoryError)) {
        throw new AssertionError("not an error of the machine", failure);
      }
      Stream.of(one.getSuppressed()).forEach(ScarceLab::requireKnown);
    }
  }

  private static void requireGone(Footprint before) throws Exception {
    long end = System.currentTimeMillis() + UNTIL_GONE_MILLIS;
    while (true) {
      Footprint now = Footprint.now();
      List<String> left = new ArrayList<>(now.descriptors());
      left.addAll(now.namespaces());
      left.addAll(now.mounts());
      left.addAll(now.threads());
      now.children().forEach(child -> left.add("process " + child));
      left.removeAll(before.descriptors());
      left.removeAll(before.namespaces());
      left.removeAll(before.mounts());
      before.children().forEach(child -> left.remove("process " + child));
      if (left.isEmpty()) {
        return;
      }
      if (System.currentTimeMillis() > end) {
        throw new AssertionError("left are " + left);
      }
      Thread.sleep(2);
    }
  }

  /** The limit is one of their numbers, and the lowest that is free is the next. */
  private static int descriptors(int more) throws IOException {
    Set<String> open = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      files.forEach(file -> open.add(file.getFileName().toString()));
    }
    int limit = 0;
    for (int free = 0; free < more; limit++) {
      free += open.contains(Integer.toString(limit)) ? 0 : 1;
    }
    return limit;
  }

  /** This process, with its threads, and the one that sets its limits. */
  private static int tasks(int more) throws IOException {
    return Footprint.tasks() + 1 + more;
  }

  /** The limit that lets there be so many more. */
  private interface Count {
    int limit(int more) throws IOException;
  }

  /** A soft limit of this process (getrlimit(2)), set by another: it may have to start none. */
  private static final class Limit implements Resource {
    private final String remedy;
    private final Count count;
    private final String enough;
    private final Process setter;
    private final BufferedWriter to;
    private final BufferedReader from;

    Limit(String name, String remedy, Count count) throws IOException {
      this.remedy = remedy;
      this.count = count;
      this.enough = soft(remedy.contains("-n") ? "Max open files" : "Max processes");
      String script =
          "while read -r limit; do prlimit --pid $PPID --%s=$limit: && echo done; done"
              .formatted(name);
      setter = new ProcessBuilder("/bin/sh", "-c", script).start();
      to = setter.outputWriter();
      from = setter.inputReader();
    }

    @Override
    public void leave(int more) throws IOException {
      set(Integer.toString(count.limit(more)));
    }

    @Override
    public void restore() throws IOException {
      set(enough);
    }

    private static String soft(String limit) throws IOException {
      return Files.readAllLines(Path.of("/proc/self/limits")).stream()
          .filter(line -> line.startsWith(limit))
          .map(line -> line.substring(limit.length()).strip().split("\\s+", -1)[0])
          .findFirst()
          .orElseThrow();
    }

    private void set(String limit) throws IOException {
      to.write(limit + "\n");
      to.flush();
      if (!"done".equals(from.readLine())) {
        throw new IOException("prlimit did not work");
      }
    }

    @Override
    public String remedy() {
      return remedy;
    }

    @Override
    public void close() {
      setter.destroyForcibly();
    }
  }

  /** The folder of running labs lies on a disk of few pages. */
  private record Disk(Path folder) implements Resource {
    /** From linux/mount.h. */
    private static final int MS_REMOUNT = 32;

    private static final int MS_NODEV = 4;
    private static final int PAGE = 4096;

    Disk {
      try {
        new Mounts(Kernel.real()).tmpfs(folder, "mode=0700");
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    private void size(long bytes) throws IOException {
      try (Arena arena = Arena.ofConfined()) {
        KernelException.check(
            Kernel.real()
                .call(
                    SystemCall.MOUNT,
                    0,
                    arena.allocateFrom(folder.toString()).address(),
                    0,
                    MS_REMOUNT | MS_NODEV,
                    arena.allocateFrom("size=" + bytes).address(),
                    0),
            "mount anew " + folder);
      }
    }

    @Override
    public void leave(int more) throws Exception {
      // Nothing at all would be no limit.
      Files.write(folder.resolve("taken"), new byte[PAGE]);
      size((long) PAGE * (more + 1));
    }

    @Override
    public void restore() throws Exception {
      Files.deleteIfExists(folder.resolve("taken"));
      size(1 << 20);
    }

    @Override
    public String remedy() {
      return "No space left on device";
    }
  }

  /** Namespaces of a kind in this user namespace, user_namespaces(7). */
  private record Namespaces(String kind) implements Resource {
    private void limit(int number) throws IOException {
      Files.writeString(
          Path.of("/proc/sys/user/max_%s_namespaces".formatted(kind)), Integer.toString(number));
    }

    @Override
    public void leave(int more) throws IOException {
      limit(more);
    }

    @Override
    public void restore() throws IOException {
      limit(ENOUGH);
    }

    @Override
    public String remedy() {
      return "/proc/sys/user";
    }
  }
}
