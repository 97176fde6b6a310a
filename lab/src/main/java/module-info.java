/** Labs: hosts and networks out of Linux namespaces, or of cwrap where those are refused. */
module dev.warren.lab {
  requires static org.jspecify;
  // What needs nothing of Linux runs without it: see the package cwrap.
  requires static transitive dev.warren.linux;
  requires com.samskivert.jmustache;
  requires org.apache.commons.codec;
  requires org.apache.commons.compress;
  requires org.dnsjava;
  requires org.slf4j;
  requires java.xml;
  requires org.snakeyaml.engine;
  requires tools.jackson.databind;

  exports dev.warren.lab;
  exports dev.warren.lab.capture;
  exports dev.warren.lab.control;
  exports dev.warren.lab.cwrap;
  exports dev.warren.lab.description;
  exports dev.warren.lab.dns;
  exports dev.warren.lab.doctor;
  exports dev.warren.lab.event;
  exports dev.warren.lab.file;
  exports dev.warren.lab.graph;
  exports dev.warren.lab.plan;
  exports dev.warren.lab.process;
  exports dev.warren.lab.seccomp;
  exports dev.warren.lab.service;
  exports dev.warren.lab.software;
  exports dev.warren.lab.source;
  exports dev.warren.lab.tree;
  exports dev.warren.lab.wire;
}
