/** Benchmarks, and the rules of the house. */
module dev.warren.bench {
  requires static org.jspecify;
  requires dev.warren.junit;
  requires dev.warren.lab;
  requires dev.warren.linux;
  requires dev.warren.selftest;
}
