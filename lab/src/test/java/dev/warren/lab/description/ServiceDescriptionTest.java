package dev.warren.lab.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a service may be, and what services may need of each other. */
class ServiceDescriptionTest {
  @Test
  void aServiceNeedsNothingButANameAndAProgram() {
    ServiceDescription service = ServiceDescription.of("web", "httpd").build();

    assertThat(service.kind()).isEqualTo(ServiceDescription.Kind.LONG_RUNNING);
    assertThat(service.restart().when()).isEqualTo(RestartPolicy.When.NEVER);
    assertThat(service.ready().condition()).isEmpty();
    assertThat(service.logFile()).isEqualTo(Path.of("/run/warren/log/web.log"));
  }

  @Test
  void aNeedIsOfTheSameHostUnlessItSaysWhich() {
    ServiceDescription service =
        ServiceDescription.of("web", "httpd").needs("db").needs("b/dns").build();

    assertThat(service.needs("a"))
        .containsExactly(new ServiceName("a", "db"), new ServiceName("b", "dns"));
  }

  @Test
  void badValuesAreRefused() {
    assertRefused(() -> ServiceDescription.of("a/b", "x"), "no name for a service");
    assertRefused(() -> ServiceDescription.of("a", List.of()).build(), "needs a program");
    assertRefused(() -> new Condition.Tcp(70_000), "70000 is no port");
    assertRefused(() -> new Condition.LogLine("("), "no regular expression");
    assertRefused(() -> new Condition.Http(80, "x", 200), "no path of a URL");
    assertRefused(() -> new Condition.AnyOf(List.of()), "none of no conditions");
    assertRefused(() -> ServiceDescription.of("a", "x").environment("A=B", "c"), "variable");
    assertRefused(
        () -> ServiceDescription.of("a", "x").once().ready(new Condition.Tcp(1)).build(), "once");
  }

  private static void assertRefused(Runnable maker, String message) {
    assertThatIllegalArgumentException().isThrownBy(maker::run).withMessageContaining(message);
  }

  @Test
  void delaysOfRestartsDoubleUpToALimit() {
    RestartPolicy policy = new RestartPolicy(RestartPolicy.When.ALWAYS, 99, Duration.ofSeconds(1));

    assertThat(policy.delay(0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(policy.delay(3)).isEqualTo(Duration.ofSeconds(8));
    assertThat(policy.delay(60)).isEqualTo(RestartPolicy.LONGEST_DELAY);
  }

  @Test
  void aNeedThatIsNotThereIsAFaultOfTheServiceThatHasIt() {
    assertThatExceptionOfType(InvalidLabException.class)
        .isThrownBy(
            () ->
                LabDescription.builder("lab")
                    .host(
                        HostDescription.named("a")
                            .service(ServiceDescription.of("data", "x").build())
                            .service(ServiceDescription.of("web", "x").needs("dta").build()))
                    .build())
        .satisfies(
            invalid ->
                assertThat(invalid.faults())
                    .containsExactly(
                        new Fault(
                            new Subject.Service(0, 1),
                            "there is no service a/dta, which a/web needs; did you mean"
                                + " \"a/data\"?")));
  }

  @Test
  void servicesThatWaitForEachOtherAreAFault() {
    assertThatExceptionOfType(InvalidLabException.class)
        .isThrownBy(
            () ->
                LabDescription.builder("lab")
                    .host(
                        HostDescription.named("a")
                            .service(ServiceDescription.of("x", "x").needs("b/y").build()))
                    .host(
                        HostDescription.named("b")
                            .service(ServiceDescription.of("y", "y").needs("z").build())
                            .service(ServiceDescription.of("z", "z").needs("a/x").build()))
                    .build())
        .satisfies(
            invalid ->
                assertThat(invalid.faults())
                    .containsExactly(
                        new Fault(
                            new Subject.Service(0, 0),
                            "services wait for each other: a/x needs b/y needs b/z needs a/x")));
  }

  @Test
  void twoServicesOfAHostHaveTwoNames() {
    assertThatExceptionOfType(InvalidLabException.class)
        .isThrownBy(
            () ->
                LabDescription.builder("lab")
                    .host(
                        HostDescription.named("a")
                            .service(ServiceDescription.of("x", "x").build())
                            .service(ServiceDescription.of("x", "y").build()))
                    .build())
        .withMessageContaining("host a has two services x");
  }
}
