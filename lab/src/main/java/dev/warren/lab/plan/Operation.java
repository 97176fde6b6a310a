package dev.warren.lab.plan;

import java.nio.file.Path;
import java.util.List;

/**
 * One step of making a lab. A plan is a list of them in order; {@link Executor} carries it out and
 * undoes what it did when one fails.
 */
public sealed interface Operation
    permits Operation.MakeBase,
        HostOperation,
        FileOperation,
        NetworkOperation,
        LinkOperation,
        RoutingOperation,
        ServiceOperation,
        CaptureOperation,
        ConditionOperation {
  /** The step in one line, for {@code --dry-run} and for errors. */
  String describe();

  /** Whether it cannot be taken back once it is done, as the end of a process cannot. */
  default boolean isLasting() {
    return false;
  }

  /**
   * Makes the mount namespace that all hosts start from: a store in memory, and software over /usr.
   *
   * @param store the folder that the memory is mounted on
   * @param layers folders that hold usr, the topmost first
   * @param visible files and folders of the machine that hosts being made must see: this JVM's code
   * @param hidden folders that are empty in it
   */
  record MakeBase(Path store, List<Path> layers, List<Path> visible, List<Path> hidden)
      implements Operation {
    @Override
    public String describe() {
      return layers.isEmpty()
          ? "make the mount namespace of the lab"
          : "make the mount namespace of the lab, with " + layers + " over /usr";
    }
  }
}
