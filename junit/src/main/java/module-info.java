/** Labs as fixtures of JUnit tests. */
module dev.warren.junit {
  requires static org.jspecify;
  requires dev.warren.lab;
  requires org.junit.jupiter.api;
}
