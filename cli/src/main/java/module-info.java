/** The command line. */
module dev.warren.cli {
  requires static org.jspecify;
  requires dev.warren.lab;
  requires dev.warren.linux;
  requires dev.warren.selftest;
  requires info.picocli;
  requires jdk.httpserver;
  requires jdk.unsupported;
  requires tools.jackson.databind;

  opens dev.warren.cli to
      info.picocli;
}
