package dev.warren.lab.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.source.BadInputException;
import dev.warren.lab.testing.Mutator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A damaged lab file gives a lab or problems with positions: nothing else, and soon. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LabFileFuzzTest {

  private static final String SPICE = "\n :-[]{}\"'|09/.,_aZ~\u0000%";

  private static final String GOOD =
      """
      lab: routed
      networks:
        lan: {ipv4: 192.168.7.0/24}
        wan: {ipv4: 10.1.0.0/16, ipv6: "fd01::/64"}
      root: {name: client, interfaces: [{network: lan, number: 11}]}
      hosts:
        router:
          interfaces: [{network: lan, number: 1}, {network: wan}]
          domain: example.test
          aliases: [www]
          resolver: [10.1.0.3, "fd01::3"]
          private: [/var/lib/samba]
          users: [{name: ada, uid: 1000}]
          groups: [{name: staff2, gid: 1001, members: [ada]}]
          nsswitch: {passwd: files}
          files:
            - path: /etc/motd
              mode: "0644"
              text: |
                hello
        ns: {interfaces: [{network: wan, number: 3}], serves-dns: true, search: [example.test]}
      """;

  @Test
  void damagedFilesAreReadOrReported() {
    Mutator.texts(3_000, SPICE, GOOD)
        .forEach(
            text -> {
              try {
                assertThat(LabFile.parse("f.yaml", text).name()).isNotEmpty();
              } catch (BadInputException e) {
                assertThat(e.problems())
                    .as(text)
                    .isNotEmpty()
                    .allSatisfy(p -> assertThat(p.position().file()).isEqualTo("f.yaml"));
              }
            });
  }
}
