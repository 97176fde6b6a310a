package dev.warren.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives classes that were compiled for Java 5 the version and the stack maps of Java 8. What they
 * do stays the same; but the JVM verifies old ones in a slow way at each start, and takes none of
 * them into an AOT cache ("Old class has been linked"). Picocli's are such.
 */
public final class NewerClasses {
  /** The first version that the JVM verifies by stack maps (JVMS 4.10). */
  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  private NewerClasses() {}

  /**
   * Changes jars where they lie.
   *
   * @param arguments the jars
   */
  public static void main(String[] arguments) throws IOException {
    for (String jar : arguments) {
      renew(Path.of(jar));
    }
  }

  /**
   * Changes one.
   *
   * @return how many of its classes were too old
   */
  static int renew(Path jar) throws IOException {
    int renewed = 0;
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Path root = files.getPath("/");
      ClassFile format =
          ClassFile.of(
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(name -> open(root, name))
                      .orElse(ClassHierarchyResolver.defaultResolver())),
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              // Otherwise the code would be taken over as it is.
              ClassFile.ConstantPoolSharingOption.NEW_POOL);
      List<Path> classes;
      try (Stream<Path> all = Files.walk(root)) {
        classes = all.filter(file -> file.toString().endsWith(".class")).toList();
      }
      for (Path file : classes) {
        ClassModel old = format.parse(Files.readAllBytes(file));
        if (old.majorVersion() < FIRST_WITH_STACK_MAPS) {
          Files.write(file, renewed(format, old));
          renewed++;
        }
      }
    }
    return renewed;
  }

  private static byte[] renewed(ClassFile format, ClassModel old) {
    return format.transformClass(
        old,
        ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
            .andThen(
                (made, element) -> {
                  if (element instanceof ClassFileVersion) {
                    made.withVersion(ClassFile.JAVA_8_VERSION, 0);
                  } else {
                    made.with(element);
                  }
                }));
  }

  private static @Nullable InputStream open(Path root, ClassDesc name) {
    String descriptor = name.descriptorString();
    Path file = root.resolve(descriptor.substring(1, descriptor.length() - 1) + ".class");
    try {
      return Files.exists(file) ? Files.newInputStream(file) : null;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
