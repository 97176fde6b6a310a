package dev.warren.lab.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.linux.kernel.Kernel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where cwrap's libraries are looked for. */
class CwrapChecksTest {
  private static final List<String> LIBRARIES = List.of("socket", "nss", "resolv", "uid");

  @TempDir private Path root;

  @ParameterizedTest
  @ValueSource(strings = {"/usr/lib64", "/usr/lib", "/usr/local/lib", "/opt/cwrap"})
  void findsThemWhereTheLoaderDoes(String folder) throws Exception {
    MadeUpMachine made =
        new MadeUpMachine(root).withVariable("LD_LIBRARY_PATH", "relative:/opt/cwrap");
    for (String library : LIBRARIES) {
      made.with(folder + "/lib" + library + "_wrapper.so", "");
    }

    assertThat(cwrap(made).verdict()).isEqualTo(Verdict.YES);
  }

  @Test
  void namesThoseThatAreMissingAndTheirPackages() throws Exception {
    MadeUpMachine made =
        new MadeUpMachine(root)
            .with("/usr/lib64/libsocket_wrapper.so", "")
            .with("/etc/os-release", "NAME=Fedora\nID=fedora");

    assertThat(cwrap(made).detail())
        .endsWith("libnss_wrapper.so, libresolv_wrapper.so, libuid_wrapper.so");
    assertThat(cwrap(made).remedy())
        .contains("dnf install socket_wrapper nss_wrapper resolv_wrapper uid_wrapper");

    made.with("/etc/os-release", "ID=debian");
    assertThat(cwrap(made).remedy())
        .contains(
            "apt-get install libsocket-wrapper libnss-wrapper libresolv-wrapper libuid-wrapper");
  }

  @Test
  void whatAptFetchesWhenItIsNeededIsPartlyThere() throws Exception {
    MadeUpMachine made =
        new MadeUpMachine(root)
            .with("/usr/bin/apt-get", "")
            .with("/usr/bin/dpkg-deb", "")
            .with("/etc/os-release", "ID=debian");

    assertThat(cwrap(made).verdict()).isEqualTo(Verdict.PARTLY);
    assertThat(cwrap(made).detail()).endsWith("apt fetches them when they are needed");
  }

  /** Whichever answer this kernel gives: it is given by trying. */
  @Test
  void triesWhetherPortsOfUnixSocketsCanBeReused() {
    Finding finding = CwrapChecks.run(new MadeUpMachine(root).machine(), Kernel.real()).getLast();

    assertThat(finding.verdict()).isIn(Verdict.YES, Verdict.PARTLY);
    assertThat(finding.detail()).containsAnyOf("allowed", "EOPNOTSUPP");
  }

  private static Finding cwrap(MadeUpMachine made) {
    return CwrapChecks.run(made.machine(), Kernel.real()).getFirst();
  }
}
