package dev.warren.selftest.results;

/** Follows bytes of UTF-8: whether the next one may be the first of a character. */
final class Utf8Position {
  private int missing;

  boolean isWithinCharacter() {
    return missing > 0;
  }

  void next(byte b) {
    int value = b & 0xff;
    if (missing > 0 && (value & 0xc0) == 0x80) {
      missing--;
    } else if (value >= 0xf0 && value <= 0xf4) {
      missing = 3;
    } else if (value >= 0xe0 && value < 0xf0) {
      missing = 2;
    } else if (value >= 0xc2 && value < 0xe0) {
      missing = 1;
    } else {
      missing = 0;
    }
  }
}
