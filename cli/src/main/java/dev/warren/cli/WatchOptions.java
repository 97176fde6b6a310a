package dev.warren.cli;

import dev.warren.lab.source.BadInputException;
import dev.warren.selftest.debug.DebugChoice;
import dev.warren.selftest.run.CaptureChoice;
import dev.warren.selftest.run.Hold;
import dev.warren.selftest.run.Watch;
import dev.warren.selftest.testenv.Catalogue;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How closely testenvs are looked at, by {@code test} and {@code testenv}. */
final class WatchOptions {
  private static final String DEBUG = "--debug";

  @Option(
      names = "--testenv-timeout",
      paramLabel = "SECONDS",
      description =
          "How long the set-up of a testenv may take in all, without those it needs. Default: 1800")
  private long testenvTimeout = Watch.DEFAULT_TESTENV_LIMIT.toSeconds();

  @Option(
      names = "--capture",
      arity = "0..1",
      paramLabel = "failed|all",
      preprocessor = OnlyAttached.class,
      description =
          "Keep what goes over the network in FOLDER/captures, a pcapng file for each set-up of a testenv"
              + " and for what then runs in it: of those that fail (also without a value), or of"
              + " all.")
  private CaptureChoice captures = CaptureChoice.NONE;

  @Option(
      names = DEBUG,
      paramLabel = "SERVICE",
      description =
          "Start this service of the testenvs under gdb, which writes where it dies to its log, or"
              + " SERVICE:valgrind. TESTENV/SERVICE means that of one testenv.")
  private @Nullable String debug;

  /** A value only behind an equals sign: what stands alone is the next argument. */
  static final class OnlyAttached implements IParameterPreprocessor {
    // The type is picocli's.
    @SuppressWarnings("JdkObsolete")
    @Override
    public boolean preprocess(
        Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if ("=".equals(info.get("separator"))) {
        return false;
      }
      option.setValue(CaptureChoice.FAILED);
      return true;
    }
  }

  /**
   * What they say.
   *
   * @param hold keeps the lab of the first failure; empty to go on
   */
  Watch watch(Optional<Hold> hold) {
    return new Watch(captures, Duration.ofSeconds(testenvTimeout), hold);
  }

  /**
   * The catalogue, with a service of the testenvs under a debugger where that is wanted.
   *
   * @param used the testenvs that are going to be set up, without those that they need
   */
  Catalogue debugged(Catalogue catalogue, Collection<String> used) throws BadInputException {
    return debug == null ? catalogue : DebugChoice.parse(debug, DEBUG).in(catalogue, used, DEBUG);
  }
}
