package dev.warren.lab.doctor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Kinds of Linux, by how software is installed there. */
enum Distribution {
  DEBIAN("apt-get install", "debian ubuntu"),
  FEDORA("dnf install", "fedora rhel centos"),
  SUSE("zypper install", "suse opensuse"),
  ARCH("pacman -S", "arch"),
  ALPINE("apk add", "alpine"),
  OTHER("", "");

  /** Values of os-release(5) may be in quotes. */
  private static final Pattern QUOTES = Pattern.compile("[\"']");

  private final String command;
  private final String names;

  /**
   * @param names with blanks between
   */
  Distribution(String command, String names) {
    this.command = command;
    this.names = names;
  }

  /** Out of ID and ID_LIKE of os-release(5). */
  static Distribution of(Machine machine) {
    List<String> words =
        Stream.of("ID", "ID_LIKE")
            .flatMap(key -> machine.assigned("/etc/os-release", key).stream())
            .flatMap(value -> Stream.of(QUOTES.matcher(value).replaceAll("").split("[ -]", -1)))
            .toList();
    return Stream.of(values())
        .filter(one -> Stream.of(one.names.split(" ", -1)).anyMatch(words::contains))
        .findFirst()
        .orElse(OTHER);
  }

  /** The command that installs software here. */
  String install(Software software) {
    return software
        .packages(this)
        .filter(_ -> !command.isEmpty())
        .map(packages -> "%s %s".formatted(command, packages))
        .orElseGet(
            () ->
                "install %s (Debian: %s)"
                    .formatted(software.title(), software.packages(DEBIAN).orElseThrow()));
  }

  /**
   * Software and where it comes from.
   *
   * @param title what it is called everywhere
   * @param debian its packages
   * @param fedora its packages; empty where it is not known
   * @param others its packages with SUSE, Arch and Alpine; empty where they differ or are not known
   */
  record Software(String title, String debian, String fedora, String others) {
    private Optional<String> packages(Distribution distribution) {
      String names =
          switch (distribution) {
            case DEBIAN -> debian;
            case FEDORA -> fedora;
            case SUSE, ARCH, ALPINE -> others;
            case OTHER -> "";
          };
      return Optional.of(names).filter(known -> !known.isEmpty());
    }
  }
}
