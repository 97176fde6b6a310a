package dev.warren.lab.description;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a host has on its file system that the machine has not.
 *
 * @param rootFolder a folder of the machine that holds a file system of the host's own, as
 *     debootstrap(8) makes it; without one the host has the machine's
 * @param privateDirectories directories that are seen by this host alone
 * @param binds files and folders of the machine that it sees at other places
 * @param files what is written into it
 * @param packages Debian packages whose programs it has besides the machine's, in any order
 */
public record HostFiles(
    Optional<Path> rootFolder,
    List<PrivateDirectory> privateDirectories,
    List<BindDescription> binds,
    List<FileDescription> files,
    List<String> packages) {

  /** Copies the lists and checks every value. */
  public HostFiles {
    rootFolder.ifPresent(Checks::path);
    privateDirectories = List.copyOf(privateDirectories);
    binds = List.copyOf(binds);
    files = List.copyOf(files);
    packages = List.copyOf(packages);
    packages.forEach(Checks::packageName);
    Checks.check(
        rootFolder.isEmpty() || packages.isEmpty(),
        "packages are laid over the machine's /usr, which a host with a rootfs does not have:"
            + " unpack them into the rootfs");
  }
}
