package dev.warren.selftest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.process.HostCommand;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FreshClientTest {
  private static final String ALL =
      "cd /; find /tmp /var/tmp /dev/shm /run /root /srv -path /run/warren -prune -o"
          + " -printf '%p %M %U %G %s %l\\n' | sort";

  @TempDir private Path folder;
  private Lab lab;
  private Host client;
  private FreshClient fresh;

  @BeforeEach
  void start() throws Exception {
    lab =
        Lab.start(
            LabDescription.builder("fresh-client-test")
                .network("net0", "10.53.57.0/24")
                .root(
                    HostDescription.named("client")
                        .on("net0", 11)
                        .privateDirectory(Path.of("/srv"))
                        .build())
                .build(),
            LabSettings.in(folder));
    client = lab.root();
    run(
        "mkdir -m 750 /srv/kept; echo content > /srv/kept/file; chmod 600 /srv/kept/file;"
            + " ln -s kept/file /srv/link; echo home > /root/.profile");
    fresh = FreshClient.of(client);
  }

  @AfterEach
  void end() {
    fresh.close();
    lab.close();
  }

  @Test
  void removesWhatASuiteLeftInThePrivateDirectories() throws Exception {
    String before = run(ALL);
    run(
        "for folder in /tmp /var/tmp /dev/shm /run /root /srv /srv/kept; do mkdir -p $folder/a/b;"
            + " echo x > $folder/a/b/c; mkfifo $folder/fifo; ln -s / $folder/root; done;"
            + " mkdir -m 0 /tmp/closed; touch /tmp/closed/file");
    fresh.restore();
    assertThat(run(ALL)).isEqualTo(before);
  }

  @Test
  void putsBackWhatASuiteChangedOrRemoved() throws Exception {
    String before = run(ALL);
    run(
        "echo other > /srv/kept/file; touch -d 2001-01-01 /srv/kept/file; chmod 777 /srv/kept /tmp;"
            + " rm /srv/link; ln -s /etc/passwd /srv/link; rm /root/.profile; mkdir /root/.profile");
    fresh.restore();
    assertThat(run(ALL)).isEqualTo(before);
    assertThat(run("cat /srv/kept/file /srv/link /root/.profile"))
        .isEqualTo("content\ncontent\nhome\n");

    run("rm -r /srv/kept");
    fresh.restore();
    assertThat(run(ALL)).isEqualTo(before);
  }

  @Test
  void doesNotFollowLinksOutOfTheDirectories() throws Exception {
    run("mkdir /run/warren/kept; touch /run/warren/kept/file; ln -s /run/warren/kept /tmp/link");
    fresh.restore();
    assertThat(run("ls /run/warren/kept; ls -d /tmp/l*; :"))
        .startsWith("file\n")
        .doesNotContain("link\n");
  }

  @Test
  void killsWhatASuiteLeftRunningAndNobodyElse() throws Exception {
    run("setsid sleep 30501 & (setsid sh -c 'while :; do sleep 30502; done' &)");
    Process shell = start("echo open; sleep 30503; :");
    fresh.restore();
    assertThat(run("grep -lz '^3050[12]$' /proc/[0-9]*/cmdline; :")).isEmpty();
    assertThat(shell.isAlive()).isTrue();
  }

  @Test
  void keepsWhatRanBeforeTheFirstSuite() throws Exception {
    run("setsid sleep 30504 >/dev/null 2>&1 &");
    try (FreshClient later = FreshClient.of(client)) {
      run("setsid sleep 30505 >/dev/null 2>&1 &");
      later.restore();
    }
    assertThat(run("grep -hz '^3050[45]$' /proc/[0-9]*/cmdline | tr '\\0' ' '"))
        .isEqualTo("30504 ");
  }

  @Test
  void givesTheAddressesBack() throws Exception {
    String before = run("ip -o address show dev net0 | sort");
    run(
        "ip address add 10.53.57.99/24 dev net0; ip address add fd00::99/64 dev net0;"
            + " ip address del 10.53.57.11/24 dev net0");
    fresh.restore();
    assertThat(run("ip -o address show dev net0").lines())
        .anyMatch(line -> line.contains(" 10.53.57.11/24 "))
        .noneMatch(line -> line.contains("99"));
    assertThat(before).contains(" 10.53.57.11/24 ");
  }

  @Test
  void saysWhatCannotBePutBack() throws Exception {
    run("head -c 5000000 /dev/zero > /srv/large");
    try (FreshClient later = FreshClient.of(client)) {
      run("echo x >> /srv/large");
      assertThatThrownBy(later::restore)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("a suite changed /srv/large");
    }
  }

  private Process start(String script) throws IOException {
    return client.start(
        HostCommand.shell(script).mergeErrors().stdin(Redirect.from(new File("/dev/null"))));
  }

  private String run(String script) throws Exception {
    Path said = Path.of("/run/warren/said");
    Process process = start("mkdir -p /run/warren; { " + script + "\n} >" + said + " 2>&1");
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return client.call(() -> Files.readString(said, StandardCharsets.UTF_8));
  }
}
