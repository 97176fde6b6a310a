package dev.warren.lab.source;

import java.util.Set;
import java.util.function.BiConsumer;

/** Watches readers: which keys they know. */
public final class ObservedFields {
  private ObservedFields() {}

  /**
   * Runs a reader; the observer gets each mapping that it has read, with every key it asked for.
   */
  public static <T, X extends Exception> T observe(
      BiConsumer<MappingNode, Set<String>> observer, ScopedValue.CallableOp<T, X> reader) throws X {
    return ScopedValue.where(Fields.OBSERVER, observer).call(reader);
  }
}
