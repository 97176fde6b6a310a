package dev.warren.lab.plan;

import dev.warren.lab.description.FileContent;
import dev.warren.lab.description.PrivateDirectory;
import dev.warren.lab.host.EtcFiles;
import dev.warren.lab.host.HostThread;
import dev.warren.lab.host.PrivateTree;
import dev.warren.lab.software.PackageLayer;
import dev.warren.lab.software.PackageSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Carries out the steps that give one host its files. What is taken from the machine is looked up
 * out here: inside, private directories hide it, and there is no way to an archive.
 */
final class FileWork {
  private final PrivateTree tree;
  private final PackageSource packages;
  private final Inside inside;

  /** Does something on a thread inside the host. */
  @FunctionalInterface
  interface Inside {
    void run(HostThread.Action action) throws IOException;
  }

  FileWork(PrivateTree tree, PackageSource packages, Inside inside) {
    this.tree = tree;
    this.packages = packages;
    this.inside = inside;
  }

  Undo carryOut(FileOperation operation) throws IOException {
    switch (operation) {
      case FileOperation.Rename rename -> {
        return rename(rename);
      }
      case FileOperation.MountRoot root -> {
        if (!Files.isDirectory(root.folder())) {
          throw new IOException("there is no folder " + root.folder());
        }
        Path folder = root.folder().toRealPath();
        inside.run(() -> tree.mountRoot(folder));
      }
      case FileOperation.LayPackages lay -> layPackages(lay);
      case FileOperation.MountDevices _ -> inside.run(tree::mountDevices);
      case FileOperation.MountEtc etc -> mountEtc(etc);
      case FileOperation.MountAccountPrograms _ -> inside.run(tree::mountAccountPrograms);
      case FileOperation.MakeRoom room ->
          inside.run(() -> tree.makeRoom(room.directories(), room.folders()));
      case FileOperation.Fill fill -> {
        PrivateDirectory directory = withRealSeed(fill.directory());
        inside.run(() -> tree.fill(directory));
      }
      case FileOperation.Share share ->
          inside.run(
              () ->
                  tree.share(share.source(), share.directory(), share.target(), share.readOnly()));
      case FileOperation.Bind bind -> {
        Path source = bind.source().toRealPath();
        inside.run(() -> tree.bind(source, bind.target(), bind.readOnly()));
      }
      case FileOperation.MountPrivate one ->
          inside.run(() -> tree.mountPrivate(one.directory(), one.mode()));
      case FileOperation.WriteFile write -> {
        byte[] content = content(write.file().content());
        inside.run(() -> tree.write(write.file(), content));
      }
      case FileOperation.MakeHome home -> inside.run(() -> tree.makeHome(home.user()));
      case FileOperation.FinishMounts finish ->
          inside.run(
              () -> {
                tree.mountSys();
                tree.hideStore(finish.store());
              });
    }
    return Undo.NOTHING;
  }

  private Undo rename(FileOperation.Rename rename) throws IOException {
    Map<String, String> files =
        EtcFiles.of(rename.description(), rename.addresses(), Path.of("/etc"));
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

  private void layPackages(FileOperation.LayPackages lay) throws IOException {
    List<Path> layer = PackageLayer.folder("usr", lay.packages(), packages);
    if (!layer.isEmpty()) {
      inside.run(() -> tree.layOverUsr(layer.getFirst(), lay.labLayers()));
    }
  }

  private void mountEtc(FileOperation.MountEtc etc) throws IOException {
    List<Path> layers =
        new ArrayList<>(
            PackageLayer.folder("etc", etc.description().fileSystem().packages(), packages));
    layers.addAll(etc.layers());
    Path root = etc.description().fileSystem().rootFolder().orElse(Path.of("/"));
    Map<String, String> files =
        EtcFiles.of(etc.description(), etc.addresses(), root.resolve("etc"));
    inside.run(() -> tree.mountEtc(files, layers));
  }
}
