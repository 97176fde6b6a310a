package dev.warren.lab.conformance;

import dev.warren.lab.description.Isolation;

/** Hosts in namespaces. */
class NamespaceConformanceTest extends HostConformance {
  NamespaceConformanceTest() {
    super(Isolation.NAMESPACES);
  }
}
