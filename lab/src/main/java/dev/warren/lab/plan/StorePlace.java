package dev.warren.lab.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of the machine that hosts have the lab's memory mounted on while they are made. When
 * it is removed the hosts keep what they have bound, and the machine is as it was.
 */
final class StorePlace implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StorePlace.class);

  private final List<Path> made = new ArrayList<>();

  private StorePlace() {}

  /** Makes the folder, and those above it that are not there any more. */
  static StorePlace make(Path store) throws IOException {
    StorePlace place = new StorePlace();
    try {
      place.folder(store);
    } catch (IOException failure) {
      place.close();
      throw failure;
    }
    return place;
  }

  private void folder(@Nullable Path folder) throws IOException {
    if (folder != null && !Files.isDirectory(folder)) {
      folder(folder.getParent());
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      made.add(folder);
    }
  }

  /** Removes what was made; what does not work here must not hide the failure of a change. */
  @Override
  public void close() {
    for (Path folder : made.reversed()) {
      try {
        Files.deleteIfExists(folder);
      } catch (IOException failure) {
        LOG.warn("{} stays behind", folder, failure);
      }
    }
  }
}
