package dev.warren.bench;

import dev.warren.lab.Host;
import dev.warren.lab.Lab;
import dev.warren.lab.LabSettings;
import dev.warren.lab.description.HostDescription;
import dev.warren.lab.description.LabDescription;
import dev.warren.lab.process.HostCommand;
import dev.warren.linux.kernel.Kernel;
import dev.warren.linux.kernel.SystemCall;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a running host costs its caller. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HostBenchmark {
  private final Kernel kernel = Kernel.real();
  private Lab lab;
  private Host host;

  /** A lab of one host. */
  @Setup
  public void start() throws Exception {
    LabDescription one = LabDescription.builder("jmh").host(HostDescription.named("a")).build();
    lab = Lab.start(one, LabSettings.in(Files.createTempDirectory("warren-jmh")));
    host = lab.host("a");
  }

  /** Ends it. */
  @TearDown
  public void end() throws Exception {
    lab.close();
  }

  /** One that does nothing to speak of. */
  @Benchmark
  public long callSystem() {
    return kernel.call(SystemCall.GETTID, 0, 0, 0, 0, 0, 0);
  }

  /** Java code inside. */
  @Benchmark
  public int enterHost() throws Exception {
    return host.call(() -> 1);
  }

  /** Until it has ended. */
  @Benchmark
  public int startProcess() throws Exception {
    Process process = host.start(HostCommand.of("/bin/true"));
    return process.waitFor();
  }
}
