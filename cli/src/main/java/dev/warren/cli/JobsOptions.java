package dev.warren.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How many suites run at a time, and in which labs. */
final class JobsOptions {
  @Option(
      names = "--jobs",
      paramLabel = "N",
      converter = JobsConverter.class,
      description =
          "Run N suites at a time, each in a lab that is its alone meanwhile, a whole copy of its"
              + " testenv at the same addresses; auto: as many as there are processors. Those that"
              + " took longest last time begin. Default: 1, in the plan's order")
  private int jobs = 1;

  @Option(
      names = "--resetup",
      description = "Set the testenv up anew for every suite, in a fresh lab.")
  private boolean resetup;

  /** At least 1. */
  int jobs() {
    return jobs;
  }

  boolean resetup() {
    return resetup;
  }

  /** Reads the number of jobs. */
  static final class JobsConverter implements ITypeConverter<Integer> {
    private static final int MOST = 1000;

    @Override
    public Integer convert(String value) {
      if (value.equals("auto")) {
        return Runtime.getRuntime().availableProcessors();
      }
      if (!value.matches("[1-9][0-9]{0,3}") || Integer.parseInt(value) > MOST) {
        throw new TypeConversionException(
            "\"%s\" is no number of jobs: 1 to %d, or auto".formatted(value, MOST));
      }
      return Integer.parseInt(value);
    }
  }
}
