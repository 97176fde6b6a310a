package dev.warren.selftest.testenv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.lab.source.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void writeSettings() throws IOException {
    write(
        "catalogue",
        """
        summary: For tests
        client: {name: client, interfaces: [11, 12]}
        environment: {TZ: UTC, HOME: "${PREFIX}/home"}
        """);
  }

  @Test
  void readsADefinitionWithEverythingInIt() throws Exception {
    write("hub", host("hub", 64));
    write(
        "web",
        """
        summary: A server
        needs: [hub]
        software: {packages: [nginx-light, libc6]}
        requires: [{part: nginx with HTTP/3, run: nginx -V 2>&1 | grep http_v3}]
        host:
          name: www
          interface: 30
          domain: example.test
          resolver: hub
          private: [/etc/nginx]
          users: [{name: web, uid: 120}]
        zones: [example.test]
        variables: {PORT: "80", URL: "http://${HOST_FQDN}:${PORT}/"}
        files:
          - {path: "${ENVDIR}/conf", mode: "0600", text: "listen ${PORT} $${literal}"}
        provision:
          - {step: prepare, timeout: 2m, run: mkdir x}
        services:
          - name: nginx
            run: exec nginx
            log: ${ENVDIR}/nginx.log
            ready: [{probe: it answers, in: client, run: "true"}]
        finish: [{step: look, in: client, run: "true"}, {step: tell, in: hub, run: "true"}]
        exports: {SERVER_URL: "${URL}", PID: {run: cat pid}}
        """);
    Catalogue catalogue = CatalogueReader.read(folder);
    TestenvDefinition web = catalogue.testenv("web");
    assertThat(catalogue.withNeeds(List.of("web")))
        .extracting(TestenvDefinition::name)
        .containsExactly("hub", "web");
    assertThat(web.host().description().fqdn()).isEqualTo("www.example.test");
    assertThat(web.requires())
        .containsExactly(new Requirement("nginx with HTTP/3", "nginx -V 2>&1 | grep http_v3"));
    assertThat(web.provision())
        .containsExactly(new Step("prepare", "mkdir x", Duration.ofMinutes(2), Side.HOST, false));
    assertThat(web.finish())
        .extracting(Step::side)
        .satisfiesExactly(
            side -> assertThat(side).isEqualTo(Side.CLIENT),
            side ->
                assertThat(side)
                    .isInstanceOfSatisfying(
                        Side.Other.class, other -> assertThat(other.testenv()).isEqualTo("hub")));
    assertThat(web.exports().get("PID")).isEqualTo(new Export.Command("cat pid"));
    assertThat(web.files().getFirst().mode()).isEqualTo(0600);
  }

  @Test
  void findsATestenvByItsAliases() throws Exception {
    write("hub", host("hub", 64));
    write("web", "aliases: [www, http]\nneeds: [hub]\n" + host("web", 30));
    write("variant", "summary: x\nextends: web\nhost: {name: other, interface: 31}\n");
    Catalogue catalogue = CatalogueReader.read(folder);

    assertThat(catalogue.testenv("http")).isSameAs(catalogue.testenv("web"));
    assertThat(catalogue.withNeeds(List.of("www", "web", "http")))
        .extracting(TestenvDefinition::name)
        .containsExactly("hub", "web");
    assertThat(catalogue.names()).containsExactly("http", "hub", "variant", "web", "www");
  }

  @Test
  void aStepRunsWhereTheTestenvAlwaysIs() throws Exception {
    write("hub", host("hub", 64));
    write("far", host("far", 65));
    write(
        "web",
        host("web", 30)
            + """
            needs: [hub]
            provision: [{step: a, in: hub, run: "true"}, {step: b, in: far, run: "true"}]
            services:
              - name: x
                run: exec x
                ready: [{probe: c, in: hab, run: "true"}]
            finish: [{step: d, in: web, run: "true"}]
            """);

    assertThatThrownBy(() -> CatalogueReader.read(folder))
        .hasMessageContainingAll(
            "\"far\" is neither host, client, nor among the needs",
            "\"hab\" is neither host, client, nor among the needs; did you mean \"hub\"?",
            "\"web\" is neither host, client, nor among the needs")
        .hasMessageNotContaining("\"hub\" is neither");
  }

  @Test
  void anAliasIsTheNameOfNothingElse() throws Exception {
    write("hub", host("hub", 64));
    write("web", "aliases: [hub, www, none, a b]\n" + host("web", 30));
    write("xeb", "aliases: [www, xww, xww]\n" + host("xeb", 31));

    assertThatThrownBy(() -> CatalogueReader.read(folder))
        .hasMessageContainingAll(
            "web.yaml:1:11: \"hub\" is a testenv itself",
            "web.yaml:1:21: a testenv cannot be called \"none\"",
            "web.yaml:1:27: a testenv cannot be called \"a b\"",
            "xeb.yaml:1:11: \"www\" is an alias of web already",
            "xeb.yaml:1:21: \"xww\" is an alias of xeb already");
  }

  @Test
  void laysADefinitionOverTheOneItExtends() throws Exception {
    write(
        "base",
        """
        summary: For both
        abstract: true
        host: {domain: example.test}
        variables: {A: base, B: base}
        provision: [{step: base, run: "true"}]
        """);
    write("one", host("one", 1) + "extends: base\nvariables: {B: own}\n");
    Catalogue catalogue = CatalogueReader.read(folder);
    TestenvDefinition one = catalogue.testenv("one");
    Scope scope = new Scope(Map.of(), one.variables(), Map.of());
    assertThat(scope.environment()).containsEntry("A", "base").containsEntry("B", "own");
    assertThat(one.host().description().fqdn()).isEqualTo("one.example.test");
    assertThat(one.provision()).hasSize(1);
    assertThat(catalogue.testenvs()).containsOnlyKeys("one");
  }

  @Test
  void reportsAllMistakesOfAllFiles() throws IOException {
    write("a", host("same", 30) + "needs: [b, nothing]\ncolour: red\n");
    write("b", host("other", 30) + "needs: [c]\n");
    write("c", host("Same", 32) + "needs: [a]\n");
    write("d", "summary: none\nhost: {name: d}\nservices: [{name: x}]\n");
    assertThatThrownBy(() -> CatalogueReader.read(folder))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            "a.yaml:3:12: there is no testenv \"nothing\"",
            "a.yaml:4:1: unknown key \"colour\"",
            "testenvs need each other: a -> b -> c -> a",
            "b.yaml:2:21: interface number 30 belongs to host same already",
            "c.yaml:2:8: the name Same belongs to host same already",
            "d.yaml:2:7: the key \"interface\" is missing here",
            "d.yaml:3:12: the key \"run\" is missing here");
  }

  @Test
  void reportsVariablesThatLeadNowhere() throws IOException {
    write("hub", host("hub", 64) + "exports: {ADDRESS: \"${HOST_IP}\"}\n");
    write(
        "a",
        host("a", 30)
            + """
            needs: [hub]
            variables:
              ONE: ${TWO}
              TWO: x${THREE}
              THREE: ${ONE}
              HOST_IP: 1.2.3.4
              FOUR: ${hub.ADRESS} ${other.X}
            files:
              - path: ${ENVDIR}/x
                text: |
                  one
                    ${PREFX} ${bad-name}
            """);
    assertThatThrownBy(() -> CatalogueReader.read(folder))
        .hasMessageContainingAll(
            "a.yaml:7:10: variables refer to each other: ONE -> TWO -> THREE -> ONE",
            "a.yaml:8:3: HOST_IP is given by Warren and cannot be set",
            "a.yaml:9:9: unknown variable \"hub.ADRESS\"; did you mean \"hub.ADDRESS\"? (in a)",
            "a.yaml:9:23: \"other\" is not among the needs",
            "a.yaml:14:9: unknown variable \"PREFX\"; did you mean \"PREFIX\"? (in a)",
            "a.yaml:14:18: ${NAME} or ${TESTENV.NAME} is expected here",
            "6 problems");
  }

  @Test
  void reportsWhatTestenvsInheritOnce() throws IOException {
    write("base", "summary: s\nabstract: true\nvariables: {A: \"${NOPE}\"}\n");
    write("one", host("one", 1) + "extends: base\n");
    write("two", host("two", 2) + "extends: base\n");
    assertThatThrownBy(() -> CatalogueReader.read(folder))
        .hasMessageEndingWith("base.yaml:3:17: unknown variable \"NOPE\" (in one, two)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"u=rwx", "0999", "22", "00022", "''"})
  void reportsAUmaskThatIsNone(String umask) throws IOException {
    Files.writeString(
        folder.resolve("catalogue.yaml"),
        "summary: s\nclient: {name: client, interfaces: [11]}\nsuite-umask: %s\n".formatted(umask));
    assertThatThrownBy(() -> CatalogueReader.read(folder))
        .hasMessageContaining("catalogue.yaml:3:14: ")
        .hasMessageContaining("is no umask: write the permissions that are taken away in octal");
  }

  @Test
  void reportsDefinitionsThatExtendEachOther() throws IOException {
    write("a", "summary: s\nextends: b\n");
    write("b", "summary: s\nextends: a\n");
    write("c", "summary: s\nextends: aa\n");
    assertThatThrownBy(() -> CatalogueReader.read(folder))
        .hasMessageContainingAll(
            "b.yaml:2:10: definitions extend each other: a -> b -> a",
            "c.yaml:2:10: there is no definition \"aa\"; did you mean \"a\"?");
  }

  @Test
  void reportsWhatCouldNotWorkLater() throws IOException {
    write("base", "summary: for others\nabstract: true\n");
    write("a", "summary: a\nhost: {name: a, interface: 1}\nneeds: [base]\n");
    assertThatThrownBy(() -> CatalogueReader.read(folder))
        .hasMessageContaining("a.yaml:3:9: \"base\" is abstract: it can be extended, not needed");

    write("a", "summary: a\nhost: {name: a, interface: 1}\nzones: [a..b]\n");
    write("tmp", "summary: b\nhost: {name: b, interface: 2}\n");
    assertThatThrownBy(() -> CatalogueReader.read(folder))
        .hasMessageContaining("a.yaml:3:9: \"a..b\" is no name of a zone")
        .hasMessageContaining("a testenv cannot be called \"tmp\"");
  }

  @Test
  void aTestenvThatIsMadeFromABackupKnowsItsDomain() throws Exception {
    String body = "variables: {REALM: \"${BACKUP_REALM}\"}\nzones: [\"${BACKUP_DNSNAME}\"]\n";
    write("a", host("a", 1) + body + "from-backup: true\n");
    TestenvDefinition a = CatalogueReader.read(folder).testenv("a");
    Scope scope =
        new Scope(
            Map.of("BACKUP_REALM", "PROD.TEST", "BACKUP_DNSNAME", "prod.test"),
            a.variables(),
            Map.of());
    assertThat(a.fromBackup()).isTrue();
    assertThat(scope.environment()).containsEntry("REALM", "PROD.TEST");
    assertThat(scope.expand(a.zones().getFirst())).isEqualTo("prod.test");

    write("a", host("a", 1) + body);
    assertThatThrownBy(() -> CatalogueReader.read(folder))
        .hasMessageContaining("unknown variable \"BACKUP_REALM\"")
        .hasMessageContaining("unknown variable \"BACKUP_DNSNAME\"");

    write("a", host("a", 1) + "variables: {BACKUP_FILE: x}\n");
    assertThatThrownBy(() -> CatalogueReader.read(folder))
        .hasMessageContaining("BACKUP_FILE is given by Warren and cannot be set");
  }

  @Test
  void reportsThatThereIsNoCatalogue() {
    assertThatThrownBy(() -> CatalogueReader.read(folder.resolve("none")))
        .hasMessageContaining("this is no folder of testenvs");
  }

  @Test
  void expandsVariablesOfOthersAndItsOwn() throws Exception {
    write("hub", host("hub", 64) + "exports: {ADDRESS: \"${HOST_IP}\"}\n");
    write(
        "a",
        host("a", 30)
            + """
            needs: [hub]
            variables: {DNS: "${hub.ADDRESS}:53", TEXT: "dns=${DNS} $HOME $${X}"}
            """);
    TestenvDefinition a = CatalogueReader.read(folder).testenv("a");
    Scope scope = new Scope(Map.of(), a.variables(), Map.of("hub", Map.of("ADDRESS", "10.0.0.1")));
    assertThat(scope.environment()).containsEntry("TEXT", "dns=10.0.0.1:53 $HOME ${X}");
  }

  private static String host(String name, int number) {
    return "summary: s\nhost: {name: %s, interface: %d}\n".formatted(name, number);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".yaml"), text);
  }
}
