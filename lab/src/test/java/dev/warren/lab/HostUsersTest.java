package dev.warren.lab;

import static dev.warren.lab.LabFixture.ask;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.warren.lab.description.HostBuilder;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.Ownership;
import dev.warren.lab.description.Password;
import dev.warren.lab.description.PrivateDirectory;
import dev.warren.lab.description.UserDescription;
import dev.warren.linux.idmap.IdMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users of a host are real: the kernel keeps them apart, and PAM knows their passwords. */
@Timeout(60)
class HostUsersTest {
  private static final String AS_ADA = "setpriv --reuid ada --regid 1000 --init-groups ";
  private static final String AS_BOB = "setpriv --reuid bob --regid 1001 --init-groups ";

  @TempDir Path state;
  private Lab lab;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(IdMap.ofUsers().contains(1001), "one id only: nobody but root");
    lab = start(host());
  }

  @AfterEach
  void end() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void ordinaryUsersCannotReadEachOthersFiles() throws Exception {
    ask(lab.host("a"), AS_ADA + "sh -c 'umask 077; echo diary > ~ada/diary'");

    assertThat(ask(lab.host("a"), AS_ADA + "cat /home/ada/diary")).isEqualTo("diary");
    assertThat(ask(lab.host("a"), AS_BOB + "cat /home/ada/diary 2>&1 || true"))
        .contains("Permission denied");
    assertThat(ask(lab.host("a"), "cat /home/ada/diary")).isEqualTo("diary");
  }

  @Test
  void aServiceAccountHasItsDirectoryAndNoOthers() throws Exception {
    String service = "setpriv --reuid www --regid 900 --clear-groups ";

    ask(lab.host("a"), service + "touch /srv/www/page");
    assertThat(ask(lab.host("a"), service + "touch /home/ada/x 2>&1 || true"))
        .contains("Permission denied");
    assertThat(ask(lab.host("a"), AS_ADA + "cat /etc/shadow 2>&1 || true"))
        .contains("Permission denied");
  }

  /** Which write all of their databases, with the last versions beside them. */
  @Test
  void rootAddsAccountsWithTheUsualPrograms() throws Exception {
    ask(
        lab.host("a"),
        "groupadd --gid 1200 crew && useradd --uid 1201 --gid crew --no-create-home eve");
    ask(lab.host("a"), "usermod --append --groups crew ada");

    assertThat(ask(lab.host("a"), "id eve")).contains("uid=1201(eve) gid=1200(crew)");
    assertThat(ask(lab.host("a"), "id ada")).contains("crew");
    assertThat(ask(lab.host("a"), "grep ^crew: /etc/gshadow")).isEqualTo("crew:!::ada");
    assertThat(Path.of("/etc/passwd")).content().doesNotContain("\neve:");
  }

  @Test
  void aUserBecomesAnotherByTheOthersPassword() throws Exception {
    assertThat(su(AS_ADA, "bob", "bobs-secret")).contains("now bob");
  }

  @Test
  void theWrongPasswordIsRefused() throws Exception {
    assertThat(su(AS_ADA, "bob", "adas-secret"))
        .contains("Authentication failure")
        .doesNotContain("now bob");
  }

  @Test
  void aHashInTheDescriptionIsAPasswordToo() throws Exception {
    assertThat(su(AS_BOB, "ada", "adas-secret")).contains("now ada");
  }

  @Test
  void whoHasNoPasswordCannotBeBecome() throws Exception {
    assertThat(su(AS_ADA, "www", "")).doesNotContain("now www");
  }

  @Test
  void rootBecomesAnybodyWithoutAPassword() throws Exception {
    assertThat(ask(lab.host("a"), "su bob -c 'id -un; id -u'")).isEqualTo("bob\n1001");
  }

  @Test
  void aUserChangesTheOwnPassword() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/passwd")), "passwd is not there");
    String change =
        "(sleep 1; echo bobs-secret; sleep 1; echo N3w-pass-w0rd; sleep 1; echo N3w-pass-w0rd)";

    String said = ask(lab.host("a"), AS_BOB + "sh -c '" + change + " | passwd' 2>&1 || true");

    assertThat(said).contains("password updated successfully");
    assertThat(su(AS_ADA, "bob", "N3w-pass-w0rd")).contains("now bob");
  }

  @Test
  void theMachinesOwnPasswordsAreNotThere() throws Exception {
    assertThat(ask(lab.host("a"), "cut -d: -f2 /etc/shadow | sort -u | cut -c1-3"))
        .isEqualTo("$6$\n$6$\n*");
  }

  /** On a terminal, as su wants it; what was said there. */
  private String su(String as, String user, String password) throws Exception {
    return ask(
        lab.host("a"),
        "(sleep 1; echo '%s'; sleep 2) | script -qec \"%s su %s -c 'echo now \\$(id -un)'\" /dev/null || true"
            .formatted(password, as, user));
  }

  private static HostBuilder host() {
    return HostDescription.named("a")
        .user(
            new UserDescription("ada", 1000, 1000, "", "/home/ada", "/bin/sh")
                .withPassword(Password.hash(Sha2Crypt.sha512Crypt("adas-secret".getBytes(UTF_8)))))
        .user(
            new UserDescription("bob", 1001, 1001, "", "/home/bob", "/bin/sh")
                .withPassword(Password.plain("bobs-secret")))
        .user(new UserDescription("www", 900, 900, "", "/srv/www", "/usr/sbin/nologin"))
        .privateDirectory(Path.of("/home"))
        .privateDirectory(
            PrivateDirectory.at(Path.of("/srv/www")).withOwnership(Ownership.of("www")));
  }

  private Lab start(HostBuilder host) throws IOException {
    return Lab.start(
        LabDescription.builder("users").network("lan", "10.9.0.0/24").host(host).build(),
        LabSettings.in(state));
  }
}
