package dev.warren.lab.cgroup;

import dev.warren.lab.cgroup.Hierarchies.Place;
import dev.warren.lab.description.HostLimits;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The control groups of a host with limits: one folder for each of the kernel's trees that has a
 * part in it, a single one with cgroups of version 2.
 *
 * <p>A process is born in the cgroup of the one that starts it. So what the JVM starts in a host
 * goes in by itself, before it becomes the program that was asked for: nothing that it starts can
 * be outside. The host does not see the folders; the open files of {@link #doors} are the way in.
 */
public final class Cgroup implements AutoCloseable {
  /** The file whose writer of "0" moves in. */
  private static final String PROCESSES = "cgroup.procs";

  private final List<Path> folders;
  private final List<Descriptor> doors = new ArrayList<>();
  private final Remover remover;

  private Cgroup(List<Path> folders, Remover remover) {
    this.folders = List.copyOf(folders);
    this.remover = remover;
  }

  /**
   * Makes the cgroups of a host, as near as can be to where this process is.
   *
   * @throws IOException when a limit cannot be set, saying which, why, and what helps; nothing is
   *     left then
   */
  public static Cgroup make(Kernel kernel, String host, HostLimits limits) throws IOException {
    Map<Place, List<Controller>> places = places(limits);
    String name = "warren-" + ProcessHandle.current().pid() + "-" + host;
    List<Path> folders = new ArrayList<>();
    Remover remover = Remover.watch();
    @Nullable Cgroup made = null;
    try {
      for (Map.Entry<Place, List<Controller>> place : places.entrySet()) {
        Path folder = new Parents(place.getKey(), place.getValue(), remover).make(name);
        folders.add(folder);
        set(folder, place.getValue(), Setting.of(limits, place.getKey().unified()));
      }
      Cgroup cgroup = new Cgroup(folders, remover);
      cgroup.open(kernel);
      made = cgroup;
      return made;
    } finally {
      if (made == null) {
        remover.close();
      }
    }
  }

  private static Map<Place, List<Controller>> places(HostLimits limits) throws IOException {
    Hierarchies hierarchies = Hierarchies.current();
    Map<Place, List<Controller>> places = new LinkedHashMap<>();
    for (Controller controller : Setting.controllers(limits)) {
      Optional<Place> place = hierarchies.of(controller);
      if (place.isEmpty()) {
        throw CgroupException.notMounted(controller);
      }
      places.computeIfAbsent(place.get(), _ -> new ArrayList<>()).add(controller);
    }
    return places;
  }

  private static void set(Path folder, List<Controller> controllers, List<Setting> settings)
      throws IOException {
    for (Setting setting : settings) {
      Path file = folder.resolve(setting.file());
      if (!controllers.contains(setting.controller())
          || (setting.optional() && !Files.exists(file))) {
        continue;
      }
      try {
        Files.writeString(file, setting.value(), StandardOpenOption.WRITE);
      } catch (NoSuchFileException missing) {
        throw new CgroupException(
            List.of(setting.controller()),
            file + " is not there",
            "the kernel lacks this part of the controller");
      } catch (IOException failure) {
        throw new CgroupException(
            List.of(setting.controller()),
            "%s refuses %s (%s)".formatted(file, setting.value(), CgroupException.reason(failure)),
            "a limit above it may be lower");
      }
    }
  }

  private void open(Kernel kernel) throws IOException {
    try {
      for (Path folder : folders) {
        doors.add(
            Descriptor.open(
                kernel, folder.resolve(PROCESSES), Descriptor.O_WRONLY | Descriptor.O_CLOEXEC));
      }
    } catch (IOException failure) {
      doors.forEach(Descriptor::close);
      throw failure;
    }
  }

  /** Its folders, as the machine sees them. */
  public List<Path> folders() {
    return folders;
  }

  /** What a process needs as its descriptors 3, 4, ... to go in as {@link #command} does. */
  public List<Integer> doors() {
    return doors.stream().map(Descriptor::number).toList();
  }

  /** The command that goes in and then becomes another. */
  public List<String> command(List<String> arguments) {
    StringBuilder script = new StringBuilder();
    for (int door = 3; door < 3 + doors.size(); door++) {
      script.append("echo 0 >&").append(door).append(" || exit 126\n");
    }
    script.append("exec");
    for (int door = 3; door < 3 + doors.size(); door++) {
      script.append(' ').append(door).append(">&-");
    }
    script.append("\nexec \"$@\"");
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script.toString(), "warren"));
    command.addAll(arguments);
    return command;
  }

  /** Removes them; for when all processes in them were told to end. */
  @Override
  public void close() {
    doors.forEach(Descriptor::close);
    remover.close();
  }
}
