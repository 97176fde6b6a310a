package dev.warren.selftest.snapshot;

import dev.warren.lab.tree.Trees;
import dev.warren.linux.kernel.FileLock;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The snapshots in a cache, which several Warrens share:
 *
 * <pre>
 * snapshots/lock                       kept while folders are made, renamed and removed
 * snapshots/TESTENV-DIGEST/            complete as soon as it has this name
 *     manifest.json, HOST.tar ...
 *     used                             its time is that of the last use
 *     lock                             shared by those who read, taken by who removes
 * snapshots/.new-*, snapshots/.old-*   being made (its maker has the lock), being removed
 * </pre>
 */
public final class SnapshotStore {
  static final String MANIFEST = "manifest.json";
  private static final String LOCK = "lock";
  private static final String USED = "used";
  private static final String NEW = ".new-";
  private static final String OLD = ".old-";
  private static final long LOCK_LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long RETRY_MILLIS = 10;

  private final Path folder;
  private final long limit;
  private final Consumer<String> notices;

  /**
   * The snapshots of a cache.
   *
   * @param cache the folder of the cache; made when first needed
   * @param limit how many bytes are kept
   * @param notices is told in a line what was damaged and is gone
   */
  public SnapshotStore(Path cache, long limit, Consumer<String> notices) {
    this.folder = cache.resolve("snapshots");
    this.limit = limit;
    this.notices = notices;
  }

  long limit() {
    return limit;
  }

  /**
   * Whether there is one with this key, whole or not.
   *
   * @param notBefore one that was made earlier does not count
   */
  public boolean has(SnapshotKey key, Optional<Instant> notBefore) {
    try {
      return counts(manifest(folder.resolve(key.name())), key, notBefore);
    } catch (IOException damaged) {
      return false;
    }
  }

  /**
   * Opens the one with this key, checked. A damaged one is removed.
   *
   * @param notBefore one that was made earlier does not count
   */
  public Optional<Snapshot> open(SnapshotKey key, Optional<Instant> notBefore)
      throws IOException, InterruptedException {
    Path place = folder.resolve(key.name());
    Optional<FileLock> lock = Files.isDirectory(place) ? share(place) : Optional.empty();
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    boolean opened = false;
    Optional<IOException> damage = Optional.empty();
    try {
      Manifest manifest = manifest(place);
      if (!counts(manifest, key, notBefore)) {
        return Optional.empty();
      }
      Snapshot snapshot = Snapshot.open(place, manifest, lock.get());
      touch(place);
      opened = true;
      return Optional.of(snapshot);
    } catch (IOException failure) {
      damage = Optional.of(failure);
    } finally {
      if (!opened) {
        lock.get().close();
      }
    }
    if (remove(key.name()) == Removal.DONE) {
      notices.accept(
          "the snapshot %s was damaged and is removed: %s"
              .formatted(key.name(), words(damage.get())));
    }
    return Optional.empty();
  }

  private static String words(IOException failure) {
    return failure instanceof NoSuchFileException missing
        ? "there is no " + Path.of(missing.getFile()).getFileName()
        : String.valueOf(failure.getMessage());
  }

  private static boolean counts(Manifest manifest, SnapshotKey key, Optional<Instant> notBefore)
      throws IOException {
    if (!manifest.key().equals(key)) {
      throw new IOException("it is another's");
    }
    return notBefore.isEmpty() || !manifest.made().isBefore(notBefore.get());
  }

  private static Optional<FileLock> share(Path place) throws IOException {
    try {
      return FileLock.tryShared(Kernel.real(), place.resolve(LOCK));
    } catch (KernelException gone) {
      if (Files.isDirectory(place)) {
        throw gone;
      }
      return Optional.empty();
    }
  }

  private static Manifest manifest(Path place) throws IOException {
    try {
      return ManifestJson.read(Files.readString(place.resolve(MANIFEST)));
    } catch (CharacterCodingException damaged) {
      throw new IOException(MANIFEST + " is no text", damaged);
    }
  }

  private static void touch(Path place) throws IOException {
    Path used = place.resolve(USED);
    if (!Files.exists(used)) {
      Files.createFile(used);
    }
    Files.setLastModifiedTime(used, FileTime.from(Instant.now()));
  }

  /** Begins a snapshot. */
  public SnapshotDraft draft(SnapshotKey key) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (FileLock _ = lock()) {
      removeLeftovers();
      Path draft = Files.createDirectory(folder.resolve(NEW + UUID.randomUUID()));
      FileLock own =
          FileLock.tryExclusive(Kernel.real(), draft.resolve(LOCK))
              .orElseThrow(() -> new IllegalStateException("a new lock is free"));
      return new SnapshotDraft(this, key, draft, own);
    }
  }

  /** Gives a complete draft its name; one that has it is no more. */
  void commit(Path draft, SnapshotKey key) throws IOException, InterruptedException {
    try (FileLock _ = lock()) {
      touch(draft);
      Path place = folder.resolve(key.name());
      if (Files.isDirectory(place)) {
        // Who reads it goes on: it has the files open.
        Files.move(place, folder.resolve(OLD + UUID.randomUUID()), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
      removeLeftovers();
    }
  }

  /** All that there are, by name. */
  public List<StoredSnapshot> list() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<StoredSnapshot> found = new ArrayList<>();
    try (Stream<Path> places = Files.list(folder)) {
      for (Path place : places.filter(Files::isDirectory).sorted().toList()) {
        if (!name(place).startsWith(".")) {
          stored(place).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static Optional<StoredSnapshot> stored(Path place) throws IOException {
    Optional<Manifest> manifest = Optional.empty();
    try {
      manifest = Optional.of(manifest(place)).filter(m -> m.key().name().equals(name(place)));
    } catch (IOException damaged) {
      // It is listed without.
    }
    try (Stream<Path> files = Files.list(place)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
      Path used = place.resolve(USED);
      return Optional.of(
          new StoredSnapshot(
              name(place),
              bytes,
              Files.getLastModifiedTime(Files.exists(used) ? used : place).toInstant(),
              isInUse(place),
              manifest));
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    }
  }

  private static boolean isInUse(Path place) throws IOException {
    try (FileLock free = FileLock.tryExclusive(Kernel.real(), place.resolve(LOCK)).orElse(null)) {
      return free == null;
    }
  }

  /** What came of a removal. */
  public enum Removal {
    DONE,
    /** Somebody starts from it now. */
    IN_USE,
    /** There is none of this name. */
    ABSENT
  }

  /** Removes one by its name, unless it is being used. */
  public Removal remove(String name) throws IOException, InterruptedException {
    Path place = folder.resolve(name);
    if (name.startsWith(".") || name.contains("/") || !Files.isDirectory(place)) {
      return Removal.ABSENT;
    }
    try (FileLock _ = lock()) {
      if (!Files.isDirectory(place)) {
        return Removal.ABSENT;
      }
      try (FileLock free = FileLock.tryExclusive(Kernel.real(), place.resolve(LOCK)).orElse(null)) {
        if (free == null) {
          return Removal.IN_USE;
        }
        Path old = folder.resolve(OLD + UUID.randomUUID());
        Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
        Trees.delete(old);
        return Removal.DONE;
      }
    }
  }

  /**
   * Removes damaged ones, then those that were not used for the longest time, until the rest has no
   * more than so many bytes; not those that are being used.
   *
   * @return what was removed
   */
  public List<StoredSnapshot> prune(long most) throws IOException, InterruptedException {
    return prune(most, List.of());
  }

  List<StoredSnapshot> prune(long most, Collection<String> kept)
      throws IOException, InterruptedException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (FileLock _ = lock()) {
      removeLeftovers();
    }
    List<StoredSnapshot> all = new ArrayList<>(list());
    all.sort(
        Comparator.<StoredSnapshot, Boolean>comparing(one -> one.manifest().isPresent())
            .thenComparing(StoredSnapshot::used));
    long total = all.stream().mapToLong(StoredSnapshot::bytes).sum();
    List<StoredSnapshot> removed = new ArrayList<>();
    for (StoredSnapshot one : all) {
      boolean isWanted = one.manifest().isPresent() && total <= most;
      if (!isWanted && !kept.contains(one.name()) && remove(one.name()) == Removal.DONE) {
        removed.add(one);
        total -= one.bytes();
      }
    }
    return removed;
  }

  /** Removes what makers and removers left that did not come to their end. Needs the lock. */
  private void removeLeftovers() throws IOException {
    List<Path> leftovers;
    try (Stream<Path> places = Files.list(folder)) {
      leftovers =
          places
              .filter(place -> name(place).startsWith(NEW) || name(place).startsWith(OLD))
              .toList();
    }
    for (Path place : leftovers) {
      try (FileLock free = FileLock.tryExclusive(Kernel.real(), place.resolve(LOCK)).orElse(null)) {
        if (free != null) {
          Trees.delete(place);
        }
      }
    }
  }

  private FileLock lock() throws IOException, InterruptedException {
    Path file = folder.resolve(LOCK);
    long end = System.nanoTime() + LOCK_LIMIT_NANOS;
    while (true) {
      Optional<FileLock> taken = FileLock.tryExclusive(Kernel.real(), file);
      if (taken.isPresent()) {
        return taken.get();
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            "waiting for %s took more than a minute: another Warren holds it: see `fuser %s`"
                .formatted(file, file));
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }
  }

  private static String name(Path place) {
    return String.valueOf(place.getFileName());
  }
}
