package dev.warren.selftest.snapshot;

import dev.warren.lab.Host;
import dev.warren.lab.process.HostCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a host: what would still be there after it was switched off and on. These are its
 * folders in memory, what a set-up changed in /etc, and the empty folders below /run, which a real
 * machine's tmpfiles.d(5) makes at each start; not /tmp, sockets, or what else lies in /run.
 *
 * <p>It is saved by GNU tar with owners, permissions, times to the nanosecond, hard links, holes,
 * ACLs and all extended attributes. Plain copies, not overlays: the folders lie on tmpfs, and an
 * overlay that an ordinary user may mount keeps its marks in {@code user.*} and refuses files with
 * attributes in {@code security.*}, as NT ACLs are.
 *
 * @param host the host
 * @param trees its folders, absolute; none needs be there
 */
public record HostState(Host host, List<Path> trees) {
  /**
   * Folders where something of the machine is mounted are left out, in which a host sees the JVM's
   * code, say. Mount points are told in octal where they have spaces (proc_pid_mountinfo(5)).
   */
  private static final String SAVE =
      """
      cd /
      places=()
      while read -r _ _ _ _ place _; do
        printf -v place '%b' "${place//\\\\/\\\\0}"
        places+=("$place")
      done < /proc/self/mountinfo
      list() { # FOLDER EXPRESSION...: what is in it, and is not mounted below it
        local folder=$1 place prune=()
        shift
        for place in "${places[@]}"; do
          if [[ $place == "$folder"/* ]]; then prune+=(-path "$place" -prune -o); fi
        done
        find "$folder" "${prune[@]}" "$@" -print0
      }
      {
        cat
        for tree in "$@"; do
          if [ -d "$tree" ]; then list "$tree"; fi
        done
        list /run -mindepth 1 -path /run/warren -prune -o -type d
      } | tar --create --file=- --format=pax --pax-option=delete=atime,delete=ctime --absolute-names --numeric-owner \
        --xattrs --xattrs-include='*' --xattrs-exclude=security.selinux --acls --sparse --warning=no-file-ignored \
        --no-recursion --null --verbatim-files-from --files-from=-
      """;

  /** Folders that others are mounted on cannot be removed. */
  private static final String CLEAR =
      """
      cd /
      clear() { # FOLDER
        if [ -d "$1" ]; then
          find "$1" -xdev -mindepth 1 ! -type d -delete
          find "$1" -xdev -depth -mindepth 1 -type d -empty -delete 2>/dev/null || true
        fi
      }
      """;

  /** A folder that a seed has filled may hold what the set-up removed. */
  private static final String RESTORE =
      CLEAR
          + """
      while [ "$1" != -- ]; do
        rm -rf -- "$1"
        shift
      done
      shift
      for tree in "$@"; do clear "$tree"; done
      exec tar --extract --file=- --absolute-names --same-owner --same-permissions --numeric-owner \
        --xattrs --xattrs-include='*' --acls --delay-directory-restore --warning=no-timestamp
      """;

  /** Copies the list. */
  public HostState {
    trees = List.copyOf(trees);
  }

  /**
   * Saves it. Nobody may write to it meanwhile.
   *
   * @param fresh the host's /etc before the set-up
   */
  public void save(SnapshotDraft draft, EtcListing fresh) throws IOException, InterruptedException {
    EtcListing etc = EtcListing.of(host);
    StringBuilder changed = new StringBuilder();
    etc.changedSince(fresh).forEach(path -> changed.append(path).append('\0'));
    draft.add(
        host.name(),
        etc.removedSince(fresh),
        out ->
            HostPipe.run(
                "save the state of host " + host.name(),
                host,
                script(SAVE, List.of()),
                to -> to.write(changed.toString().getBytes(StandardCharsets.UTF_8)),
                from -> from.transferTo(out)));
  }

  /** Gives a fresh host this state. */
  public void restore(Snapshot snapshot) throws IOException, InterruptedException {
    Manifest.Archive archive = snapshot.archive(host.name());
    List<String> removed = new ArrayList<>(archive.removed());
    removed.add("--");
    HostPipe.run(
        "restore the state of host " + host.name(),
        host,
        script(RESTORE, removed),
        to -> {
          try (InputStream from = snapshot.read(archive)) {
            from.transferTo(to);
          }
        },
        from -> from.transferTo(OutputStream.nullOutputStream()));
  }

  /** Empties its folders. */
  public void clear() throws IOException, InterruptedException {
    HostPipe.run(
        "empty folders of host " + host.name(),
        host,
        script(CLEAR + "for tree in \"$@\"; do clear \"$tree\"; done\n", List.of()),
        to -> {},
        from -> from.transferTo(OutputStream.nullOutputStream()));
  }

  private HostCommand script(String script, List<String> first) {
    List<String> command =
        new ArrayList<>(List.of("bash", "-e", "-o", "pipefail", "-c", script, "snapshot"));
    command.addAll(first);
    trees.forEach(tree -> command.add(tree.toString()));
    return HostCommand.of(command);
  }
}
