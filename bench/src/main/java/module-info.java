/** Benchmarks. */
module dev.warren.bench {
  requires static org.jspecify;
  requires dev.warren.junit;
}
