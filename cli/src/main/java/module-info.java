/** The command line. */
module dev.warren.cli {
  requires static org.jspecify;
  requires dev.warren.selftest;
  requires info.picocli;
}
