/** Labs as fixtures of JUnit tests. */
module dev.warren.junit {
  requires static org.jspecify;
  requires transitive dev.warren.lab;
  requires transitive dev.warren.linux;
  requires transitive org.junit.jupiter.api;

  exports dev.warren.junit;
}
