package dev.warren.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NewerClassesTest {
  /** Java 6, the first with stack maps. */
  private static final int NOT_OLD = 50;

  @TempDir private Path folder;
  private Path jar;

  @BeforeEach
  void copy() throws Exception {
    URI picocli =
        Objects.requireNonNull(CommandLine.class.getProtectionDomain().getCodeSource())
            .getLocation()
            .toURI();
    jar = Files.copy(Path.of(picocli), folder.resolve("picocli.jar"));
  }

  @Test
  void noClassIsOldAfterwards() throws Exception {
    assertThat(oldClasses()).isNotEmpty();

    NewerClasses.main(new String[] {jar.toString()});

    assertThat(oldClasses()).isEmpty();
  }

  @Test
  void theVerifierTakesEveryClassAndNothingIsLost() throws Exception {
    List<String> before = names();

    NewerClasses.main(new String[] {jar.toString()});

    assertThat(names()).containsExactlyInAnyOrderElementsOf(before);
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      for (String name : before) {
        // The class of the annotation processor's world is in no JDK that runs programs.
        if (name.startsWith("picocli/CommandLine") && name.endsWith(".class")) {
          Class<?> one =
              Class.forName(
                  name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                  true,
                  loader);
          assertThat(one.getClassLoader()).isSameAs(loader);
        }
      }
    }
  }

  @Test
  void whatIsNewEnoughStaysAsItIs() throws Exception {
    NewerClasses.main(new String[] {jar.toString()});

    assertThat(NewerClasses.renew(jar)).isZero();
  }

  private List<String> names() throws Exception {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).filter(name -> !name.endsWith("/")).toList();
    }
  }

  private List<String> oldClasses() throws Exception {
    List<String> old = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry :
          file.stream().filter(one -> one.getName().endsWith(".class")).toList()) {
        try (InputStream bytes = file.getInputStream(entry);
            DataInputStream data = new DataInputStream(bytes)) {
          data.readInt();
          data.readUnsignedShort();
          if (data.readUnsignedShort() < NOT_OLD) {
            old.add(entry.getName());
          }
        }
      }
    }
    return old;
  }
}
