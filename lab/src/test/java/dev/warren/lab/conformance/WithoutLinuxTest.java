package dev.warren.lab.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.Lab;
import dev.warren.lab.testing.ModuleJvm;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
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
        new ProcessBuilder(ModuleJvm.command(Set.of("dev.warren.lab"), Suite.class, folder))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    int code = java.waitFor();

    String said = Files.readString(output, UTF_8);
    assertThat(code).as(said).isZero();
    assertThat(said).containsPattern("(?m)^[1-9][0-9] tests passed$");
  }
}
