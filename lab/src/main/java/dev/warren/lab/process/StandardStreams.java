package dev.warren.lab.process;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a process reads and writes. Immutable: each method gives a changed copy.
 *
 * @param stdin where it reads
 * @param stdout where it writes
 * @param stderr where it complains
 * @param errorsMerged whether its complaints go where it writes
 * @param log a file of the host that both its outputs are added to, instead of the places above
 */
public record StandardStreams(
    Redirect stdin, Redirect stdout, Redirect stderr, boolean errorsMerged, Optional<Path> log) {
  /** A pipe each. */
  public static final StandardStreams PIPES =
      new StandardStreams(Redirect.PIPE, Redirect.PIPE, Redirect.PIPE, false, Optional.empty());

  StandardStreams withStdin(Redirect redirect) {
    return new StandardStreams(redirect, stdout, stderr, errorsMerged, log);
  }

  StandardStreams withStdout(Redirect redirect) {
    return new StandardStreams(stdin, redirect, stderr, errorsMerged, log);
  }

  StandardStreams withStderr(Redirect redirect) {
    return new StandardStreams(stdin, stdout, redirect, errorsMerged, log);
  }

  StandardStreams withErrorsMerged() {
    return new StandardStreams(stdin, stdout, stderr, true, log);
  }

  StandardStreams withLog(Path file) {
    return new StandardStreams(stdin, stdout, stderr, errorsMerged, Optional.of(file));
  }
}
