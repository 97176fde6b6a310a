package dev.warren.lab.plan;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why something failed, in words: Java's own file errors are often nothing but a path. */
public final class Reasons {
  private Reasons() {}

  /** What went wrong with what, and the remedy where it is known and not said yet. */
  public static String of(IOException failure) {
    String message = failure.getMessage();
    if (message == null) {
      return failure.toString();
    }
    return switch (failure) {
      case NoSuchFileException _ -> message + ": no such file or folder";
      case FileAlreadyExistsException _ -> message + ": there is one already";
      case AccessDeniedException _ -> message + ": permission denied";
      case DirectoryNotEmptyException _ -> message + ": the folder is not empty";
      case NotDirectoryException _ -> message + ": not a folder";
      default -> message + remedy(message);
    };
  }

  private static String remedy(String message) {
    if (message.endsWith("Too many open files")) {
      return ": this process has too many files open: raise `ulimit -n`";
    }
    return message.endsWith("No space left on device")
        ? ": what it lies on is full: make room there, or let the lab have less"
        : "";
  }
}
