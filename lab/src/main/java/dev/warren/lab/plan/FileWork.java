package dev.warren.lab.plan;

import dev.warren.lab.description.FileContent;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.PrivateDirectory;
import dev.warren.lab.host.EtcFiles;
import dev.warren.lab.host.HostThread;
import dev.warren.lab.host.PrivateTree;
import dev.warren.lab.software.PackageLayer;
import dev.warren.lab.software.PackageSource;
import dev.warren.linux.kernel.Descriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Carries out the steps that give one host its files. What is taken from the machine is looked up
 * out here: inside, private directories hide it, and there is no way to an archive.
 */
final class FileWork {
  private final PrivateTree tree;
  private final Base base;
  private final PackageSource packages;
  private boolean seesMachine;

  /** Does something on a thread inside the host. */
  @FunctionalInterface
  interface Inside {
    void run(HostThread.Action action) throws IOException;
  }

  FileWork(PrivateTree tree, Base base, PackageSource packages) {
    this.tree = tree;
    this.base = base;
    this.packages = packages;
  }

  /**
   * Prepares a step: what it takes of the machine is looked up now, out here.
   *
   * @return what is left to be done, by a thread inside
   */
  HostThread.Action prepare(FileOperation operation) throws IOException {
    return switch (operation) {
      case FileOperation.Rename _ ->
          throw new IllegalArgumentException("it is taken back, unlike the others");
      case FileOperation.MountRoot root -> {
        if (!Files.isDirectory(root.folder())) {
          throw new IOException("there is no folder " + root.folder());
        }
        Path folder = root.folder().toRealPath();
        yield () -> {
          seeMachine();
          tree.mountRoot(folder);
        };
      }
      case FileOperation.LayPackages lay -> layPackages(lay);
      case FileOperation.MountDevices _ -> tree::mountDevices;
      case FileOperation.MountEtc etc -> mountEtc(etc);
      case FileOperation.MountAccountPrograms _ -> tree::mountAccountPrograms;
      case FileOperation.MakeRoom room -> () -> tree.makeRoom(room.directories(), room.folders());
      case FileOperation.Fill fill -> {
        PrivateDirectory directory = withRealSeed(fill.directory());
        yield () -> {
          if (directory.seed().isPresent()) {
            seeMachine();
          }
          tree.fill(directory);
        };
      }
      case FileOperation.Share share ->
          () ->
              show(
                  share.source(),
                  share.readOnly(),
                  writable ->
                      tree.share(share.source(), share.directory(), share.target(), writable));
      case FileOperation.Bind bind -> {
        Path source = bind.source().toRealPath();
        yield () ->
            show(source, bind.readOnly(), writable -> tree.bind(source, bind.target(), writable));
      }
      case FileOperation.MountPrivate one -> () -> tree.mountPrivate(one.directory(), one.mode());
      case FileOperation.WriteFile write -> {
        byte[] content = content(write.file().content());
        yield () -> tree.write(write.file(), content);
      }
      case FileOperation.MakeHome home -> () -> tree.makeHome(home.user());
      case FileOperation.FinishMounts _ ->
          () -> {
            tree.mountSys();
            tree.hideStore();
          };
    };
  }

  /** Shows something to the host that is given a copy of what it may write to. */
  @FunctionalInterface
  private interface Showing {
    void show(Optional<PrivateTree.WritableCopy> writable) throws IOException;
  }

  private void show(Path source, boolean readOnly, Showing showing) throws IOException {
    if (readOnly) {
      if (!base.shows(source)) {
        seeMachine();
      }
      showing.show(Optional.empty());
      return;
    }
    try (PrivateTree.WritableCopy copy = base.writable(source)) {
      showing.show(Optional.of(copy));
    }
  }

  /** Most hosts take nothing from the machine. */
  private void seeMachine() throws IOException {
    if (!seesMachine) {
      try (Descriptor machine = base.machine()) {
        tree.showMachine(machine);
      }
      seesMachine = true;
    }
  }

  /** Gives a running host other names and addresses. */
  static Undo rename(FileOperation.Rename rename, Inside inside) throws IOException {
    Map<String, String> files = EtcFiles.own(rename.description(), rename.addresses());
    Map<String, String> wanted = new LinkedHashMap<>();
    Map<String, String> before = new LinkedHashMap<>();
    for (String file : List.of("hosts", "resolv.conf")) {
      wanted.put(file, Objects.requireNonNull(files.get(file), file));
    }
    inside.run(
        () -> {
          for (String file : wanted.keySet()) {
            before.put(file, EtcFiles.read(Path.of("/etc", file)));
          }
          EtcFiles.replace(wanted);
        });
    return () -> inside.run(() -> EtcFiles.replace(before));
  }

  /** A path without links, which the host would follow in its own file system. */
  private static PrivateDirectory withRealSeed(PrivateDirectory directory) throws IOException {
    return directory.seed().isPresent()
        ? directory.from(directory.seed().get().toRealPath())
        : directory;
  }

  private static byte[] content(FileContent content) throws IOException {
    return switch (content) {
      case FileContent.Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
      case FileContent.Copy(Path source) -> Files.readAllBytes(source);
      case FileContent.Template _ ->
          throw new IllegalArgumentException("a plan has templates filled in");
    };
  }

  private HostThread.Action layPackages(FileOperation.LayPackages lay) throws IOException {
    List<Path> layer = PackageLayer.folder("usr", lay.packages(), packages);
    return () -> {
      if (!layer.isEmpty()) {
        seeMachine();
        tree.layOverUsr(layer.getFirst(), lay.labLayers(), base.machineUsr());
      }
    };
  }

  private HostThread.Action mountEtc(FileOperation.MountEtc etc) throws IOException {
    HostDescription host = etc.description();
    List<Path> layers =
        new ArrayList<>(PackageLayer.folder("etc", host.fileSystem().packages(), packages));
    layers.addAll(etc.layers());
    boolean hasCommon = EtcFiles.hasCommon(host);
    Path root = host.fileSystem().rootFolder().orElse(Path.of("/"));
    Map<String, String> files =
        hasCommon
            ? EtcFiles.own(host, etc.addresses())
            : EtcFiles.of(host, etc.addresses(), root.resolve("etc"));
    Optional<Path> common = hasCommon ? Optional.of(base.commonEtc()) : Optional.empty();
    return () -> {
      if (!layers.isEmpty()) {
        seeMachine();
      }
      tree.mountEtc(files, common, layers);
    };
  }
}
