package dev.warren.selftest.subunit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Streams that nobody would write: commands in any order, cut lines, bad bytes. */
final class GeneratedStream {
  private static final String[] PIECES = {
    "test: ",
    "testing ",
    "success: ",
    "successful: ",
    "failure: ",
    "error: ",
    "skip: ",
    "xfail: ",
    "uxsuccess: ",
    "testsuite: ",
    "testsuite-failure: ",
    "skip-testsuite: ",
    "time: ",
    "progress: ",
    "push",
    "pop",
    "-3",
    "2026-01-02 03:04:05.000006Z",
    "a",
    "b.c(d)",
    "a",
    " [",
    " [\n",
    "]\n",
    "\n",
    "\n",
    "\n",
    "\r\n",
    " multipart",
    "\u00e4\u20ac",
    " ",
    "\t"
  };

  private GeneratedStream() {}

  static byte[] bytes(Random random, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (out.size() < length) {
      if (random.nextInt(20) == 0) {
        out.write(random.nextInt(256));
      } else {
        out.writeBytes(PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }
}
