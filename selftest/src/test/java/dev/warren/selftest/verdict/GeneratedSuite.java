package dev.warren.selftest.verdict;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Streams as suites write them, most of them damaged a little, some beyond recognition. */
final class GeneratedSuite {
  private static final List<String> NAMES =
      List.of(
          "a",
          "b",
          "c.d",
          "samba.tests.x.Y.test_z",
          "with words in it",
          "x(y)",
          "gr\u00fc\u00df",
          "a [ b",
          "t multipart",
          "q]",
          "a:",
          "1",
          "\u20ac\u2028z");
  private static final List<String> RESULTS =
      List.of(
          "success",
          "success",
          "success",
          "successful",
          "failure",
          "failure",
          "fail",
          "error",
          "skip",
          "xfail",
          "knownfail",
          "uxsuccess");
  private static final List<String> SUITE_RESULTS =
      List.of(
          "testsuite-success",
          "testsuite-failure",
          "testsuite-error",
          "testsuite-xfail",
          "testsuite-uxsuccess");
  private static final List<String> OUTPUT =
      List.of(
          "output\n",
          "\n",
          " indented: x\n",
          "success:\n",
          "success\n",
          "Test: A\n",
          "\tx\n",
          "it says: no\n",
          "]\n",
          "time\n",
          "a\rb\n",
          "dos\r\n",
          "\u00a0success: a\n",
          "[\n");
  private static final List<String> SPICE =
      List.of(
          "\n",
          "\r",
          "\r\n",
          "]\n",
          " [\n",
          " [",
          " ",
          "\t",
          "\f",
          "\u00a0",
          "\u2007",
          "\u001c",
          "\u0085",
          ":",
          "test: ",
          "testing ",
          "success: ",
          "failure: ",
          "error: ",
          "skip: ",
          "xfail: ",
          "uxsuccess: ",
          "testsuite: ",
          "testsuite-failure: ",
          "skip-testsuite: ",
          " multipart",
          "a",
          "progress: pop\n",
          "progress: push\n",
          "progress: 3\n",
          "\0");

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private GeneratedSuite(Random random) {
    this.random = random;
  }

  /** The stream with this number; always the same. */
  static byte[] stream(long number) {
    Random random = new Random(number * 0x9E3779B97F4A7C15L + 17);
    GeneratedSuite suite = new GeneratedSuite(random);
    int tests = random.nextInt(8);
    for (int i = 0; i < tests; i++) {
      suite.piece();
    }
    return switch (random.nextInt(5)) {
      case 0, 1 -> bytes(suite.text.toString());
      case 2, 3 -> bytes(suite.damaged());
      default -> suite.bitsFlipped(bytes(suite.damaged()));
    };
  }

  private void piece() {
    String name = one(NAMES);
    switch (random.nextInt(14)) {
      case 0 -> text.append(one(OUTPUT));
      case 1 -> result(one(RESULTS), name);
      case 2 -> text.append("test: ").append(name).append('\n');
      case 3 -> {
        text.append("testsuite: inner\n");
        piece();
        if (random.nextInt(4) > 0) {
          result(one(SUITE_RESULTS), "inner");
        }
      }
      case 4 -> result("skip-testsuite", "other");
      case 5 ->
          text.append(
              one(List.of("progress: push\n", "progress: pop\n", "progress: 5\n", "progress 7\n")));
      case 6 ->
          text.append("time: 2026-03-01 12:00:05.").append(random.nextInt(999999)).append("Z\n");
      default -> {
        text.append(one(List.of("test: ", "test: ", "testing: ", "test ", "test:  ")))
            .append(name)
            .append(one(List.of("\n", "\n", "\n", " \n", "\r\n")));
        if (random.nextInt(3) == 0) {
          text.append(one(OUTPUT));
        }
        result(one(RESULTS), name);
      }
    }
  }

  private void result(String word, String name) {
    text.append(word).append(one(List.of(": ", ": ", ": ", " ", "::\t"))).append(name);
    // Samba's scripts end with an error at a skip without a reason.
    boolean reason = word.equals("skip") ? random.nextInt(20) > 0 : random.nextInt(2) == 0;
    if (reason) {
      text.append(one(List.of(" [", " [", " [ ", " [ multipart", " [\t"))).append('\n');
      for (int i = random.nextInt(4); i > 0; i--) {
        text.append(
            one(List.of("why\n", "success: a\n", "test: b\n", " ]\n", "\n", "] \n", "[\n")));
      }
      text.append(random.nextInt(25) == 0 ? "" : "]\n");
    } else {
      text.append(one(List.of("\n", "\n", "\n", " \n", "\t\n", "\r\n", " multipart\n")));
    }
  }

  private String damaged() {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(damaged.length() + 1);
      int end = Math.min(damaged.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(6)) {
        case 0 -> damaged.delete(at, end);
        case 1, 2 -> damaged.insert(at, one(SPICE));
        case 3 -> damaged.replace(at, end, one(SPICE));
        case 4 -> swapLines(damaged);
        default -> {
          if (random.nextInt(3) == 0) {
            damaged.setLength(at);
          }
        }
      }
    }
    return damaged.toString();
  }

  private void swapLines(StringBuilder damaged) {
    List<String> lines = new ArrayList<>(List.of(damaged.toString().split("(?<=\n)")));
    String line = lines.remove(random.nextInt(lines.size()));
    for (int i = random.nextInt(3); i > 0; i--) {
      lines.add(random.nextInt(lines.size() + 1), line);
    }
    damaged.setLength(0);
    lines.forEach(damaged::append);
  }

  private byte[] bitsFlipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte b : bytes) {
      switch (random.nextInt(60)) {
        case 0 -> out.write(b ^ (1 << random.nextInt(8)));
        case 1 -> {
          out.write(0x80 + random.nextInt(0x80));
          out.write(b);
        }
        default -> out.write(b);
      }
    }
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String one(List<String> several) {
    return several.get(random.nextInt(several.size()));
  }
}
