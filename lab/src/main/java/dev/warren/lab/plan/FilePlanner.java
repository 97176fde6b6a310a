package dev.warren.lab.plan;

import dev.warren.lab.description.BindDescription;
import dev.warren.lab.description.FileContent;
import dev.warren.lab.description.FileDescription;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.HostFiles;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.PrivateDirectory;
import dev.warren.lab.description.TemplateText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The steps that give hosts their files. */
final class FilePlanner {
  private static final int SHARED_MODE = 0755;
  private static final int STICKY_MODE = 01777;
  private static final int HOME_MODE = 0700;

  /** What every host has for itself, with permissions. */
  private static final Map<Path, Integer> ALWAYS_PRIVATE =
      Map.of(
          Path.of("/tmp"), STICKY_MODE,
          Path.of("/var/tmp"), STICKY_MODE,
          Path.of("/dev/shm"), STICKY_MODE,
          Path.of("/run"), SHARED_MODE,
          Path.of("/root"), HOME_MODE);

  private final LabDescription lab;
  private final Site site;
  private final Path store;
  private final List<Operation> operations;

  /** Adds its steps to a plan. */
  FilePlanner(LabDescription lab, Site site, List<Operation> operations) {
    this.lab = lab;
    this.site = site;
    this.store = site.store();
    this.operations = operations;
  }

  /** What is to be hidden, less what hosts do not see anyway, or need while they are made. */
  static List<Path> hidden(Site site) {
    return site.hidden().stream()
        .filter(folder -> ALWAYS_PRIVATE.keySet().stream().noneMatch(folder::startsWith))
        .filter(folder -> !site.store().startsWith(folder))
        .toList();
  }

  void files(HostDescription host) {
    new OneHost(host).plan();
  }

  /** The steps of one host. */
  private final class OneHost {
    private final HostDescription host;
    private final String name;
    private final HostFiles files;
    private final Map<Path, PrivateDirectory> directories = new LinkedHashMap<>();

    OneHost(HostDescription host) {
      this.host = host;
      this.name = host.name();
      this.files = host.fileSystem();
      ALWAYS_PRIVATE.keySet().forEach(path -> directories.put(path, PrivateDirectory.at(path)));
      files.privateDirectories().forEach(one -> directories.put(one.path(), one));
    }

    void plan() {
      files
          .rootFolder()
          .ifPresent(folder -> operations.add(new FileOperation.MountRoot(name, folder)));
      if (!files.packages().isEmpty()) {
        operations.add(new FileOperation.LayPackages(name, files.packages(), site.layers("usr")));
      }
      operations.add(new FileOperation.MountDevices(name));
      List<Path> layers = files.rootFolder().isPresent() ? List.of() : site.layers("etc");
      operations.add(new FileOperation.MountEtc(host, lab.addresses(host), layers));
      if (host.accounts().users().stream().anyMatch(user -> user.password().isPresent())) {
        operations.add(new FileOperation.MountAccountPrograms(name));
      }
      operations.add(room());
      fill();
      share();
      mount();
      files
          .files()
          .forEach(file -> operations.add(new FileOperation.WriteFile(name, rendered(file))));
      homes();
      operations.add(new FileOperation.FinishMounts(name, store));
    }

    private Operation room() {
      Set<Path> places = new LinkedHashSet<>(directories.keySet());
      Set<Path> folders = new LinkedHashSet<>();
      files.files().forEach(file -> folders.add(folder(file.path())));
      for (BindDescription bind : files.binds()) {
        if (directoryAbove(bind.path()).isEmpty()) {
          if (Files.isDirectory(bind.source())) {
            places.add(bind.path());
          } else {
            folders.add(folder(bind.path()));
          }
        }
      }
      return new FileOperation.MakeRoom(
          name,
          places.stream().sorted().toList(),
          folders.stream().filter(one -> directoryAbove(one).isEmpty()).sorted().toList());
    }

    private static Path folder(Path file) {
      return Objects.requireNonNull(file.getParent(), "a file lies in a folder");
    }

    /** Before anything is mounted that would hide where it comes from. */
    private void fill() {
      directories.values().stream()
          .filter(one -> one.seed().isPresent() || one.size().isPresent())
          .forEach(one -> operations.add(new FileOperation.Fill(name, one)));
    }

    private void share() {
      site.sharedDirectory().ifPresent(target -> inPrivate(store.resolve("shared"), target, false));
      site.readOnlyBinds().forEach((target, source) -> inPrivate(source, target, true));
      for (BindDescription bind : files.binds()) {
        boolean readOnly = !bind.writable();
        if (directoryAbove(bind.path()).isPresent()) {
          inPrivate(bind.source(), bind.path(), readOnly);
        } else {
          operations.add(new FileOperation.Bind(name, bind.source(), bind.path(), readOnly));
        }
      }
      directories.keySet().forEach(this::keepVisible);
      if (files.rootFolder().isPresent()) {
        List<Path> hidden =
            site.visible().stream().filter(path -> directoryAbove(path).isEmpty()).toList();
        Gathering.apart(hidden)
            .forEach(path -> operations.add(new FileOperation.Bind(name, path, path, true)));
      }
    }

    private void inPrivate(Path source, Path target, boolean readOnly) {
      Path directory =
          directoryAbove(target)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          target + " lies in no private directory of host " + name));
      operations.add(new FileOperation.Share(name, source, directory, target, readOnly));
    }

    /** Shows what a private directory would hide of the code that this JVM runs. */
    private void keepVisible(Path directory) {
      List<Path> hidden =
          site.visible().stream()
              .filter(path -> path.startsWith(directory) && !path.equals(directory))
              .toList();
      Gathering.below(directory, hidden)
          .forEach(
              path -> operations.add(new FileOperation.Share(name, path, directory, path, true)));
    }

    private Optional<Path> directoryAbove(Path path) {
      return directories.keySet().stream()
          .filter(path::startsWith)
          .max(Comparator.comparingInt(Path::getNameCount));
    }

    /** What would hide the store comes last; a folder comes before what is mounted inside it. */
    private void mount() {
      directories.values().stream()
          .sorted(
              Comparator.<PrivateDirectory, Boolean>comparing(one -> store.startsWith(one.path()))
                  .thenComparing(PrivateDirectory::path))
          .forEach(
              one ->
                  operations.add(
                      new FileOperation.MountPrivate(
                          name,
                          one,
                          one.mode()
                              .orElse(ALWAYS_PRIVATE.getOrDefault(one.path(), SHARED_MODE)))));
    }

    private FileDescription rendered(FileDescription file) {
      return file.content() instanceof FileContent.Template(String text)
          ? file.withContent(new FileContent.Text(TemplateText.render(text, lab, host)))
          : file;
    }

    /** Of users whose home lies where the host may make directories. */
    private void homes() {
      host.accounts().users().stream()
          .filter(
              user ->
                  files.rootFolder().isPresent()
                      || directoryAbove(Path.of(user.home())).isPresent())
          .forEach(user -> operations.add(new FileOperation.MakeHome(name, user)));
    }
  }
}
