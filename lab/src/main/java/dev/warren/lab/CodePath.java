package dev.warren.lab;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where this JVM takes its classes and libraries from. A thread inside a host loads them too, and
 * sees files as the host does: a checkout below /tmp would be hidden by the host's own /tmp.
 */
final class CodePath {
  private CodePath() {}

  static List<Path> ofThisJvm() {
    return Stream.of("java.class.path", "jdk.module.path", "java.home")
        .flatMap(property -> Stream.of(System.getProperty(property, "").split(File.pathSeparator)))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().normalize())
        .filter(Files::exists)
        .distinct()
        .toList();
  }
}
