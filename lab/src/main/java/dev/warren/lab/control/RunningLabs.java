package dev.warren.lab.control;

import dev.warren.lab.tree.Trees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runtime directory of one user: every lab that runs has a folder in it. */
public final class RunningLabs {
  /** Two registrations in one process: a lock of a file holds between processes only. */
  private static final Object WITHIN_THIS_PROCESS = new Object();

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  /** What the launcher makes while it waits for a lab: its PID is in the name. */
  private static final Pattern OF_LAUNCHER =
      Pattern.compile("\\.(starting|testenv|training)\\.(?<pid>[1-9][0-9]*)\\..*");

  /** What a supervisor makes before the lab has its folder: who it is is in the name. */
  private static final Pattern OF_SUPERVISOR =
      Pattern.compile("\\.new-(?<pid>[1-9][0-9]*)-(?<start>[0-9]+)-.*");

  private final Path directory;

  private RunningLabs(Path directory) {
    this.directory = directory;
  }

  /**
   * Opens the directory, and makes it where it is missing; it is 0700 then, whatever it was.
   *
   * @param directory on a file system of this machine; the launcher chooses it
   * @throws IOException when it belongs to somebody else, or others may write to it
   */
  public static RunningLabs in(Path directory) throws IOException {
    Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
    // Somebody else could have made it first, in /tmp.
    Object self = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Object owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    Set<PosixFilePermission> permissions =
        Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
    if (!owner.equals(self)
        || permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          "the folder of running labs, %s, is not this user's alone (%s, uid %s): remove it, or set XDG_RUNTIME_DIR"
              .formatted(directory, PosixFilePermissions.toString(permissions), owner));
    }
    if (!permissions.equals(PRIVATE)) {
      Files.setPosixFilePermissions(directory, PRIVATE);
    }
    return new RunningLabs(directory);
  }

  /** The labs that run, by name. What dead ones left behind is removed on the way. */
  public List<RunningLab> list() throws IOException {
    List<RunningLab> labs = new ArrayList<>();
    for (Path folder : folders()) {
      find(folder.getFileName().toString()).ifPresent(labs::add);
    }
    // No Comparator.comparing: its lambda can be serialized, and the AOT cache has none that can.
    labs.sort((one, other) -> one.name().compareTo(other.name()));
    return labs;
  }

  /** The lab of that name, if it runs; without its hosts when they cannot be read. */
  public Optional<RunningLab> find(String name) throws IOException {
    Path folder = folder(name);
    Optional<ProcessIdentity> supervisor = supervisor(folder);
    if (supervisor.isEmpty()) {
      if (Files.exists(folder)) {
        removeDead(folder);
      }
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(Files.readString(folder.resolve("lab.json")), folder));
    } catch (NoSuchFileException ended) {
      return Optional.empty();
    } catch (IOException damaged) {
      // It must still be possible to end it, and to see the others.
      log().warn("the hosts of lab \"{}\" cannot be read: {}", name, damaged.toString());
      Instant started = Files.getLastModifiedTime(folder.resolve("pid")).toInstant();
      return Optional.of(new RunningLab(name, supervisor.get(), started, folder, List.of()));
    }
  }

  /**
   * Registers a lab that this process keeps from now on.
   *
   * @throws LabRunsException when there is one of that name
   */
  public Registration register(String name) throws IOException {
    Path folder = folder(name);
    ProcessIdentity self = ProcessIdentity.current();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Path fresh =
        directory.resolve(
            ".new-"
                + self.pid()
                + "-"
                + self.start()
                + "-"
                + ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
    Janitor janitor = Janitor.make(fresh, folder);
    try {
      for (String own : List.of("hosts", "state")) {
        Files.createDirectory(fresh.resolve(own), PosixFilePermissions.asFileAttribute(PRIVATE));
      }
      Registration.replace(fresh.resolve("pid"), self.toString());
      Registration.write(new RunningLab(name, self, now, fresh, List.of()));
      claim(fresh, folder, name);
      return new Registration(
          janitor, ExecWatch.start(folder), new RunningLab(name, self, now, folder, List.of()));
    } catch (IOException | RuntimeException failure) {
      janitor.close();
      throw failure;
    }
  }

  /** Gives the finished folder its name, if no running lab has that. */
  private void claim(Path fresh, Path folder, String name) throws IOException {
    synchronized (WITHIN_THIS_PROCESS) {
      try (FileChannel lock = lockFile();
          FileLock _ = lock.lock()) {
        Optional<ProcessIdentity> other = supervisor(folder);
        if (other.isPresent()) {
          throw new LabRunsException(name, other.get());
        }
        removeLeftovers();
        Trees.delete(folder);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** Removes what starts that were killed have left. */
  private void removeLeftovers() throws IOException {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory, ".{new-,starting.,testenv.,training.}*")) {
      for (Path entry : entries) {
        try {
          if (!isStarting(entry.getFileName().toString())) {
            Trees.delete(entry);
          }
        } catch (IOException failure) {
          // Gone meanwhile, or no reason to refuse a lab.
          log().debug("{} stays", entry, failure);
        }
      }
    }
  }

  /** Whether whoever made this entry of a start still runs: a supervisor or a launcher. */
  private static boolean isStarting(String entry) {
    Matcher launcher = OF_LAUNCHER.matcher(entry);
    if (launcher.matches()) {
      return Files.exists(Path.of("/proc", launcher.group("pid")));
    }
    Matcher supervisor = OF_SUPERVISOR.matcher(entry);
    return supervisor.matches()
        && ProcessIdentity.parse(supervisor.group("pid") + " " + supervisor.group("start"))
            .filter(ProcessIdentity::isAlive)
            .isPresent();
  }

  private void removeDead(Path folder) throws IOException {
    synchronized (WITHIN_THIS_PROCESS) {
      try (FileChannel lock = lockFile();
          FileLock _ = lock.lock()) {
        // Meanwhile a new lab may have taken the name.
        if (supervisor(folder).isEmpty()) {
          Trees.delete(folder);
        }
      }
    }
  }

  private FileChannel lockFile() throws IOException {
    return FileChannel.open(
        directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Who keeps the lab in that folder; empty when nobody does any more. */
  private static Optional<ProcessIdentity> supervisor(Path folder) throws IOException {
    try {
      return ProcessIdentity.parse(Files.readString(folder.resolve("pid")))
          .filter(ProcessIdentity::isAlive);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  private List<Path> folders() throws IOException {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            directory,
            entry ->
                NAME.matcher(entry.getFileName().toString()).matches()
                    && Files.isDirectory(entry))) {
      entries.forEach(folders::add);
    }
    return folders;
  }

  /** Looked for when there is something to say: that takes longer than `warren ls` should. */
  private static Logger log() {
    return LoggerFactory.getLogger(RunningLabs.class);
  }

  private Path folder(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name of a lab: \"" + name + "\"");
    }
    return directory.resolve(name);
  }
}
