/** Testenvs and the runner of test suites. */
module dev.warren.selftest {
  exports dev.warren.selftest.debug;
  exports dev.warren.selftest.plan;
  exports dev.warren.selftest.report;
  exports dev.warren.selftest.report.live;
  exports dev.warren.selftest.results;
  exports dev.warren.selftest.run;
  exports dev.warren.selftest.subunit;
  exports dev.warren.selftest.testenv;
  exports dev.warren.selftest.verdict;

  requires static org.jspecify;
  requires transitive dev.warren.lab;
  requires transitive dev.warren.linux;
  requires java.xml;
  requires org.slf4j;
  requires tools.jackson.databind;
}
