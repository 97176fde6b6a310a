package dev.warren.lab.host;

import dev.warren.lab.process.StandardStreams;
import dev.warren.linux.kernel.Descriptor;
import dev.warren.linux.kernel.DescriptorInputStream;
import dev.warren.linux.kernel.DescriptorOutputStream;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.KernelException;
import dev.warren.linux.kernel.Pipe;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The standard streams of a process that is about to start: the child's ends, which are closed here
 * once it has them, and our ends of the pipes. Files are opened as the machine sees them.
 */
final class Streams implements AutoCloseable {
  private final Kernel kernel;
  private final String process;
  private final Deque<Descriptor> childEnds = new ArrayDeque<>();
  private final Deque<Descriptor> ourEnds = new ArrayDeque<>();
  private OutputStream toChild = OutputStream.nullOutputStream();
  private InputStream fromChild = InputStream.nullInputStream();
  private InputStream errorsFromChild = InputStream.nullInputStream();
  private int stdin;
  private int stdout = 1;
  private int stderr = 2;
  private boolean taken;

  private Streams(Kernel kernel, String process) {
    this.kernel = kernel;
    this.process = process;
  }

  /**
   * Opens what is wanted.
   *
   * @param process whose streams they are, for errors: {@code ls in host a}
   * @param log both outputs of the child, open already; this closes it
   */
  static Streams open(
      Kernel kernel, String process, StandardStreams wanted, Optional<Descriptor> log)
      throws KernelException {
    Streams streams = new Streams(kernel, process);
    log.ifPresent(streams.childEnds::add);
    try {
      streams.openStdin(wanted.stdin());
      if (log.isPresent()) {
        streams.stdout = log.get().number();
        streams.stderr = streams.stdout;
        return streams;
      }
      streams.openStdout(wanted.stdout());
      if (wanted.errorsMerged()) {
        streams.stderr = streams.stdout;
      } else {
        streams.openStderr(wanted.stderr());
      }
      return streams;
    } catch (KernelException failure) {
      streams.close();
      throw failure;
    }
  }

  private void openStdin(Redirect redirect) throws KernelException {
    if (redirect.type() == Redirect.Type.PIPE) {
      Pipe pipe = pipe();
      childEnds.add(pipe.reader());
      ourEnds.add(pipe.writer());
      toChild = new DescriptorOutputStream(kernel, pipe.writer(), "the input of " + process);
      stdin = pipe.reader().number();
    } else if (redirect.type() != Redirect.Type.INHERIT) {
      stdin = file(redirect, Descriptor.O_RDONLY);
    }
  }

  private void openStdout(Redirect redirect) throws KernelException {
    if (redirect.type() == Redirect.Type.PIPE) {
      Pipe pipe = outPipe();
      fromChild = new DescriptorInputStream(kernel, pipe.reader(), "the output of " + process);
      stdout = pipe.writer().number();
    } else if (redirect.type() != Redirect.Type.INHERIT) {
      stdout = file(redirect, writing(redirect));
    }
  }

  private void openStderr(Redirect redirect) throws KernelException {
    if (redirect.type() == Redirect.Type.PIPE) {
      Pipe pipe = outPipe();
      errorsFromChild =
          new DescriptorInputStream(kernel, pipe.reader(), "the errors of " + process);
      stderr = pipe.writer().number();
    } else if (redirect.type() != Redirect.Type.INHERIT) {
      stderr = file(redirect, writing(redirect));
    }
  }

  private Pipe outPipe() throws KernelException {
    Pipe pipe = pipe();
    childEnds.add(pipe.writer());
    ourEnds.add(pipe.reader());
    return pipe;
  }

  private Pipe pipe() throws KernelException {
    return Pipe.open(kernel);
  }

  private static int writing(Redirect redirect) {
    int how = redirect.type() == Redirect.Type.APPEND ? Descriptor.O_APPEND : Descriptor.O_TRUNC;
    return Descriptor.O_WRONLY | Descriptor.O_CREAT | how;
  }

  private int file(Redirect redirect, int flags) throws KernelException {
    java.io.File file = redirect.file();
    if (file == null) {
      throw new IllegalArgumentException("a redirect without a file: " + redirect);
    }
    Descriptor opened = Descriptor.open(kernel, file.toPath(), flags);
    childEnds.add(opened);
    return opened.number();
  }

  int stdin() {
    return stdin;
  }

  int stdout() {
    return stdout;
  }

  int stderr() {
    return stderr;
  }

  /** Our end of its standard input. */
  OutputStream toChild() {
    return toChild;
  }

  InputStream fromChild() {
    return fromChild;
  }

  InputStream errorsFromChild() {
    return errorsFromChild;
  }

  /** Our ends are somebody else's to close from now on. */
  void take() {
    taken = true;
  }

  /** Closes the child's ends, and ours too when no process took them. */
  @Override
  public void close() {
    childEnds.forEach(Descriptor::close);
    if (!taken) {
      ourEnds.forEach(Descriptor::close);
    }
  }
}
