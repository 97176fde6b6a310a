package dev.warren.lab.cwrap;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Something that cwrap cannot do, or that keeps it from working here. */
public final class CwrapException extends IOException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message for the user. */
  public CwrapException(String message) {
    super(message);
  }

  /** A lab with parts that cwrap does not have. */
  static CwrapException ofParts(String lab, List<String> parts) {
    return new CwrapException(
        "lab %s cannot run under cwrap; with --isolation=namespaces it can:%s"
            .formatted(
                lab, parts.stream().map(part -> "\n  " + part).collect(Collectors.joining())));
  }

  /** Something that is asked of a lab that runs under cwrap. */
  public static CwrapException needsNamespaces(String what) {
    return new CwrapException(
        what + " needs namespaces (--isolation=namespaces); this lab runs under cwrap");
  }
}
