package dev.warren.lab.plan;

import dev.warren.lab.host.HostThread;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out a strand of a {@link Stage}: what it does inside a host goes to a thread there in one
 * piece, as each word between threads costs more than most steps do.
 */
final class Strand {
  private final Executor executor;
  private final Change change;
  private final Maker maker;

  /**
   * For one strand.
   *
   * @param change is told what is done
   * @param maker of the calling thread
   */
  Strand(Executor executor, Change change, Maker maker) {
    this.executor = executor;
    this.change = change;
    this.maker = maker;
  }

  /** Carries out operations in order, on the host's own thread what can be. */
  void carryOut(List<Operation> strand) throws IOException {
    if (!(strand.getFirst() instanceof HostOperation.MakeHost make)) {
      goOn(strand);
      return;
    }
    HostThread thread = thread(make);
    try {
      int done = begin(make, strand, thread);
      goOn(strand.subList(done, strand.size()));
    } finally {
      leave(make, thread);
    }
  }

  private void goOn(List<Operation> strand) throws IOException {
    List<Operation> inside = new ArrayList<>();
    for (Operation operation : strand) {
      if (Stage.isInside(operation) && strand.size() > 1) {
        inside.add(operation);
      } else {
        takeInside(inside);
        change.take(operation, () -> executor.carryOut(operation));
      }
    }
    takeInside(inside);
  }

  /**
   * Begins to make a host, in one go as far as a thread inside can do it.
   *
   * @return how many operations were done
   */
  private int begin(HostOperation.MakeHost make, List<Operation> strand, HostThread thread)
      throws IOException {
    FileWork files = files(make);
    List<Prepared> steps = new ArrayList<>();
    int next = 1;
    while (next < strand.size() && Stage.isInside(strand.get(next))) {
      steps.add(prepare(strand.get(next++), files));
    }
    Optional<Operation> start =
        strand.stream()
            .skip(next)
            .findFirst()
            .filter(one -> one instanceof HostOperation.StartInit && !make.isolation().user());
    thread.run(
        () -> {
          change.take(make, () -> executor.make(make, files, thread));
          for (Prepared one : steps) {
            change.take(one.operation(), one.step());
          }
          if (start.isPresent()) {
            bear(start.get(), make.host());
          }
        });
    return next;
  }

  /** No way leads back out of a user namespace: a host that has one keeps its thread. */
  private HostThread thread(HostOperation.MakeHost make) throws IOException {
    try {
      return make.isolation().user()
          ? HostThread.outside("warren-build-" + make.host())
          : maker.thread();
    } catch (IOException failure) {
      throw change.explained(make, failure);
    }
  }

  private void leave(HostOperation.MakeHost make, HostThread thread) {
    Optional<LiveHost> host = executor.find(make.host());
    if (!make.isolation().user()) {
      host.ifPresent(LiveHost::settle);
      if (!executor.letsThreadsBack()) {
        maker.close();
      }
    } else if (host.isEmpty()) {
      thread.close();
    }
  }

  private FileWork files(HostOperation.MakeHost make) throws IOException {
    try {
      return executor.files(make);
    } catch (IOException failure) {
      throw change.explained(make, failure);
    }
  }

  private record Prepared(Operation operation, Step step) {}

  private void bear(Operation start, String host) throws IOException {
    try {
      executor.host(host).bear();
    } catch (IOException failure) {
      throw change.explained(start, failure);
    }
  }

  private Prepared prepare(Operation operation, FileWork files) throws IOException {
    if (!(operation instanceof FileOperation file)) {
      return new Prepared(operation, () -> executor.carryOut(operation));
    }
    try {
      HostThread.Action work = files.prepare(file);
      return new Prepared(
          operation,
          () -> {
            work.run();
            return Undo.NOTHING;
          });
    } catch (IOException failure) {
      throw change.explained(operation, failure);
    }
  }

  private void takeInside(List<Operation> operations) throws IOException {
    if (operations.isEmpty()) {
      return;
    }
    LiveHost host = executor.host(Stage.host(operations.getFirst()).orElseThrow());
    List<Prepared> steps = new ArrayList<>();
    for (Operation operation : operations) {
      try {
        steps.add(new Prepared(operation, prepare(operation)));
      } catch (IOException failure) {
        throw change.explained(operation, failure);
      }
    }
    try {
      host.enter();
    } catch (IOException failure) {
      throw change.explained(operations.getFirst(), failure);
    }
    operations.clear();
    host.inside(
        () -> {
          for (Prepared one : steps) {
            change.take(one.operation(), one.step());
          }
        });
  }

  /** What has to be seen on the machine is looked up now. */
  private Step prepare(Operation operation) throws IOException {
    return operation instanceof FileOperation file
        ? executor.host(file.host()).prepare(file)
        : () -> executor.carryOut(operation);
  }
}
