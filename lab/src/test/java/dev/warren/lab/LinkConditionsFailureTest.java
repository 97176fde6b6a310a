package dev.warren.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.lab.description.Conditions;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.description.LinkConditions;
import dev.warren.lab.wire.LinkReport;
import dev.warren.linux.kernel.Errno;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The kernel refuses one call after the other while conditions come and go. */
@Timeout(300)
class LinkConditionsFailureTest {
  private static final LinkConditions LOSSY =
      LinkConditions.both(Conditions.NONE.withDelay(Duration.ofMillis(1)).withLoss(0.001));

  private final Refusing kernel = new Refusing();
  @TempDir Path state;
  private Lab lab;
  private Datagrams datagrams;

  @BeforeEach
  void start() throws Exception {
    lab =
        Lab.start(
            LabDescription.builder("failing")
                .host(HostDescription.named("a").on("selftest0", 30))
                .host(HostDescription.named("b").on("selftest0", 200))
                .build(),
            LabSettings.in(state).withKernel(kernel));
    datagrams = Datagrams.between(lab.host("b"), lab.host("a"), "10.53.57.200", "10.53.57.30");
  }

  @AfterEach
  void end() {
    datagrams.close();
    lab.close();
  }

  @Test
  void whicheverCallFailsTheCableIsAsItWas() throws Exception {
    int failures = 0;
    for (int nth = 1; ; nth++) {
      Outcome outcome = set(nth, LOSSY);
      if (outcome == Outcome.NOTHING_REFUSED) {
        break;
      }
      if (outcome == Outcome.FAILED) {
        failures++;
        assertThat(lab.conditions("a", 30)).isEqualTo(LinkReport.PLAIN);
      } else {
        lab.setConditions("a", 30, LinkConditions.PERFECT);
      }
      assertThatPacketsPass(nth);
    }
    assertThat(failures).isGreaterThan(1);
    assertThat(lab.conditions("a", 30).conditions()).isEqualTo(LOSSY);
  }

  @Test
  void whicheverCallFailsConditionsCanStillBeTakenAway() throws Exception {
    for (int nth = 1; ; nth++) {
      lab.setConditions("a", 30, LOSSY);
      if (set(nth, LinkConditions.PERFECT) == Outcome.NOTHING_REFUSED) {
        break;
      }
      lab.setConditions("a", 30, LinkConditions.PERFECT);
      assertThat(lab.conditions("a", 30)).isEqualTo(LinkReport.PLAIN);
      assertThatPacketsPass(nth);
    }
  }

  private void assertThatPacketsPass(int nth) throws IOException {
    assertThat(datagrams.roundTrip())
        .as("after call %d was refused", nth)
        .isLessThan(Duration.ofSeconds(1));
  }

  private enum Outcome {
    FAILED,
    DONE_ANOTHER_WAY,
    NOTHING_REFUSED
  }

  /** Sets conditions while the nth call is refused, if there are so many. */
  private Outcome set(int nth, LinkConditions conditions) {
    kernel.left.set(nth);
    try {
      lab.setConditions("a", 30, conditions);
      return kernel.left.get() == 0 ? Outcome.DONE_ANOTHER_WAY : Outcome.NOTHING_REFUSED;
    } catch (IOException failure) {
      assertThat(failure).hasMessageContaining("ENOMEM");
      return Outcome.FAILED;
    } finally {
      kernel.left.set(0);
    }
  }

  /**
   * Refuses a call of those that make and change things. A running wire's are left alone, and so is
   * the receiving of answers: by then it is done.
   */
  private static final class Refusing implements Kernel {
    private static final Set<SystemCall> WATCHED =
        EnumSet.of(
            SystemCall.UNSHARE,
            SystemCall.OPENAT,
            SystemCall.SOCKET,
            SystemCall.SETSOCKOPT,
            SystemCall.BIND,
            SystemCall.EVENTFD2,
            SystemCall.SENDTO);

    final AtomicInteger left = new AtomicInteger();

    @Override
    public long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
      boolean counts =
          WATCHED.contains(call) && !Thread.currentThread().getName().startsWith("warren-wire-");
      if (counts && left.get() > 0 && left.decrementAndGet() == 0) {
        return -Errno.ENOMEM.number();
      }
      return Kernel.real().call(call, a, b, c, d, e, f);
    }

    @Override
    public int spawn(
        MemorySegment path,
        MemorySegment fileActions,
        MemorySegment attributes,
        MemorySegment argv,
        MemorySegment envp) {
      return Kernel.real().spawn(path, fileActions, attributes, argv, envp);
    }
  }
}
