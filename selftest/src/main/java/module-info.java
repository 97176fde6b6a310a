/** Testenvs and the runner of test suites. */
module dev.warren.selftest {
  exports dev.warren.selftest.backup;
  exports dev.warren.selftest.build;
  exports dev.warren.selftest.choice;
  exports dev.warren.selftest.debug;
  exports dev.warren.selftest.plan;
  exports dev.warren.selftest.report;
  exports dev.warren.selftest.report.compare;
  exports dev.warren.selftest.report.events;
  exports dev.warren.selftest.report.live;
  exports dev.warren.selftest.report.page;
  exports dev.warren.selftest.report.table;
  exports dev.warren.selftest.results;
  exports dev.warren.selftest.run;
  exports dev.warren.selftest.snapshot;
  exports dev.warren.selftest.subunit;
  exports dev.warren.selftest.testenv;
  exports dev.warren.selftest.verdict;

  requires static org.jspecify;
  requires transitive dev.warren.lab;
  requires com.fasterxml.jackson.annotation;
  requires com.samskivert.jmustache;
  requires transitive dev.warren.linux;
  requires java.xml;
  requires org.apache.commons.compress;
  requires org.apache.commons.io;
  requires org.slf4j;
  requires tools.jackson.databind;

  opens dev.warren.selftest.report.events to
      tools.jackson.databind;
}
