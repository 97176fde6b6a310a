package dev.warren.lab.graph;

/** A rectangle, in pixels. */
record Box(double x, double y, double width, double height) {
  double right() {
    return x + width;
  }

  double bottom() {
    return y + height;
  }

  Box shifted(double dx, double dy) {
    return new Box(x + dx, y + dy, width, height);
  }

  /** Upside down in a picture of that height. */
  Box flipped(double total) {
    return new Box(x, total - bottom(), width, height);
  }

  /** Whether the two have an inner point in common. */
  boolean overlaps(Box other) {
    return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
  }
}
