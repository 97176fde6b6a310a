/** Testenvs and the runner of test suites. */
module dev.warren.selftest {
  requires static org.jspecify;
  requires dev.warren.lab;
  requires org.slf4j;
  requires tools.jackson.databind;
}
