package dev.warren.lab.cgroup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** A limit that cannot be set: what, where, why, and what to do about it. */
final class CgroupException extends IOException {
  private static final long serialVersionUID = 1;

  private final String why;
  private final String remedy;

  CgroupException(List<Controller> controllers, String why, String remedy) {
    super(
        "cannot limit %s: %s; %s"
            .formatted(String.join(" and ", Controller.titles(controllers)), why, remedy));
    this.why = why;
    this.remedy = remedy;
  }

  static CgroupException notMounted(Controller controller) {
    return new CgroupException(
        List.of(controller),
        "no mounted cgroup of this process has the controller",
        "mount cgroup2 on /sys/fs/cgroup");
  }

  String why() {
    return why;
  }

  String remedy() {
    return remedy;
  }

  /** What the kernel said, without the stack of Java's classes around it. */
  static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> denied.getFile() + ": Permission denied";
      case NoSuchFileException missing -> missing.getFile() + ": there is no such file";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
