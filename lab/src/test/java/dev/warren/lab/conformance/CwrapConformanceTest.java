package dev.warren.lab.conformance;

import dev.warren.lab.description.Isolation;

/** Hosts under cwrap. */
class CwrapConformanceTest extends HostConformance {
  CwrapConformanceTest() {
    super(Isolation.CWRAP);
  }
}
