package dev.warren.lab.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.Lab;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing in what runs labs under cwrap is Linux's own: it does all that hosts do in a JVM whose
 * module path lacks Warren's module for Linux.
 */
@Timeout(180)
class WithoutLinuxTest {
  private static final String LINUX = "dev/warren/linux/kernel/Kernel.class";

  /** What the lab's module requires; nothing else is to be a module in that JVM. */
  private static final Pattern REQUIRED =
      Pattern.compile(
          "(jmustache|commons-codec|commons-compress|commons-io|commons-lang3|dnsjava|slf4j-api"
              + "|snakeyaml-engine|jackson-.*)-[0-9].*[.]jar");

  @TempDir private Path folder;

  /** Goes through the suite, in the module of the lab and without that of Linux. */
  static final class Suite {
    private Suite() {}

    public static void main(String[] arguments) throws Exception {
      assertThat(Lab.class.getModule().getName()).isEqualTo("dev.warren.lab");
      assertThat(ModuleLayer.boot().findModule("dev.warren.linux")).isEmpty();
      assertThat(ClassLoader.getSystemResource(LINUX)).isNull();
      Path folder = Path.of(arguments[0]);
      CwrapConformanceTest suite = new CwrapConformanceTest();
      suite.start(folder.resolve("suite"));
      int count = 0;
      try {
        for (Method test : HostConformance.class.getDeclaredMethods()) {
          if (test.isAnnotationPresent(Test.class)) {
            Object[] folders =
                test.getParameterCount() == 0
                    ? new Object[0]
                    : new Object[] {Files.createDirectory(folder.resolve(test.getName()))};
            test.invoke(suite, folders);
            count++;
          }
        }
      } finally {
        suite.stop();
      }
      System.out.println(count + " tests passed");
    }
  }

  @Test
  void hostsUnderCwrapDoAllThatTheSuiteAsks() throws Exception {
    Files.createDirectory(folder.resolve("suite"));
    Path output = folder.resolve("output");
    Process java =
        new ProcessBuilder(command())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    int code = java.waitFor();

    String said = Files.readString(output, UTF_8);
    assertThat(code).as(said).isZero();
    assertThat(said).containsPattern("(?m)^[1-9][0-9] tests passed$");
  }

  private List<String> command() throws URISyntaxException {
    Path lab = Path.of(Lab.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(lab.resolve("module-info.class")).exists();
    List<String> modules = new ArrayList<>(List.of(lab.toString()));
    List<String> others = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (REQUIRED.matcher(Path.of(entry).getFileName().toString()).matches()) {
        modules.add(entry);
      } else if (!isLinux(entry) && !Path.of(entry).equals(lab)) {
        others.add(entry);
      }
    }
    return Stream.of(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslf4j.internal.verbosity=ERROR",
                "--module-path",
                String.join(File.pathSeparator, modules),
                "--add-modules",
                "dev.warren.lab",
                "-cp",
                String.join(File.pathSeparator, others),
                Suite.class.getName()),
            List.of(folder.toString()))
        .flatMap(List::stream)
        .toList();
  }

  /** Warren's module for Linux, as a folder or a jar. */
  private static boolean isLinux(String entry) {
    return Files.exists(Path.of(entry, LINUX))
        || Arrays.stream(entry.split("/", -1)).anyMatch(part -> part.startsWith("warren-linux-"));
  }
}
