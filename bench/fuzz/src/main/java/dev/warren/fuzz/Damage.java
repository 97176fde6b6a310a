package dev.warren.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Damages good input. */
public final class Damage {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** Numbers at which parsers turn wrong, and what only looks like one. */
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "-1",
          "+1",
          "00",
          "007",
          "0x10",
          "1e3",
          "1.5",
          "1_000",
          " 1",
          "\u0663",
          "\uff11",
          "255",
          "256",
          "4095",
          "65535",
          "65536",
          "2147483647",
          "2147483648",
          "4294967294",
          "4294967295",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999",
          "",
          "NaN");

  private static final int[] LENGTHS = {
    0,
    1,
    2,
    3,
    4,
    5,
    7,
    8,
    15,
    16,
    17,
    19,
    20,
    127,
    128,
    255,
    256,
    0x7fff,
    0x8000,
    0xfffc,
    0xffff,
    0x10000,
    Integer.MAX_VALUE,
    Integer.MAX_VALUE - 3,
    Integer.MIN_VALUE,
    -1,
    -2,
    -4,
    -16
  };

  private Damage() {}

  /** One of several. */
  @SafeVarargs
  public static <T> T one(RandomGenerator random, T... several) {
    return several[random.nextInt(several.length)];
  }

  /** One of several. */
  public static <T> T one(RandomGenerator random, List<T> several) {
    return several.get(random.nextInt(several.size()));
  }

  /**
   * Texts that are one of some good ones, now and then, and damaged ones.
   *
   * @param spice what means something to the parser: characters and words
   */
  public static Function<RandomGenerator, String> texts(List<String> spice, List<String> good) {
    return random -> text(random, one(random, good), spice, good);
  }

  /** A text with up to six damages. */
  public static String text(
      RandomGenerator random, String good, List<String> spice, List<String> others) {
    StringBuilder text = new StringBuilder(good);
    for (int i = random.nextInt(0, 7); i > 0; i--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(1, random.nextInt(8) == 0 ? 80 : 12));
      switch (random.nextInt(12)) {
        case 0 -> text.delete(at, end);
        case 1, 2 -> text.insert(at, one(random, spice));
        case 3 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
        case 4, 5 -> text.replace(at, end, one(random, spice));
        case 6, 7 -> number(random, text, at);
        case 8 -> {
          String other = one(random, others);
          int from = random.nextInt(other.length() + 1);
          text.insert(at, other.substring(from, random.nextInt(from, other.length() + 1)));
        }
        case 9 -> lines(random, text);
        case 10 -> text.insert(at, (char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
        default -> {
          if (random.nextInt(20) == 0) {
            text.insert(at, text.substring(at, end).repeat(random.nextInt(1, 300)));
          } else if (random.nextInt(4) == 0) {
            text.setLength(at);
          }
        }
      }
    }
    return text.toString();
  }

  private static void number(RandomGenerator random, StringBuilder text, int from) {
    Matcher number = NUMBER.matcher(text);
    if (number.find(from) || number.find(0)) {
      int end = number.end();
      text.replace(number.start(), end, one(random, NUMBERS));
    }
  }

  /** Takes a line away, or has it twice or in another place. */
  private static void lines(RandomGenerator random, StringBuilder text) {
    List<String> lines = new java.util.ArrayList<>(List.of(text.toString().split("\n", -1)));
    String line = lines.remove(random.nextInt(lines.size()));
    for (int i = random.nextInt(3); i > 0; i--) {
      lines.add(random.nextInt(lines.size() + 1), line);
    }
    text.replace(0, text.length(), String.join("\n", lines));
  }

  /** Bytes that are one of some good ones, now and then, and damaged ones. */
  public static Function<RandomGenerator, byte[]> bytes(List<byte[]> good) {
    return random -> bytes(random, one(random, good), good);
  }

  /** Bytes with up to six damages: lengths that lie in any of their forms, flipped bits, pieces. */
  public static byte[] bytes(RandomGenerator random, byte[] good, List<byte[]> others) {
    byte[] bytes = good.clone();
    for (int i = random.nextInt(0, 7); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(9)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> bytes[at] = (byte) random.nextInt();
        case 4, 5 -> number(random, bytes, at);
        case 6 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 40));
        case 7 -> {
          byte[] other = one(random, others);
          int from = random.nextInt(other.length);
          bytes = joined(bytes, at, other, from, random.nextInt(from, other.length + 1));
        }
        default ->
            bytes =
                joined(
                    bytes,
                    at,
                    bytes,
                    Math.min(bytes.length, at + random.nextInt(1, 9)),
                    bytes.length);
      }
    }
    return bytes;
  }

  private static void number(RandomGenerator random, byte[] bytes, int anywhere) {
    int value = LENGTHS[random.nextInt(LENGTHS.length)];
    int at = random.nextInt(4) == 0 ? anywhere : anywhere & ~1;
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes)
            .order(random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.nativeOrder());
    if (random.nextBoolean() && at + 4 <= bytes.length) {
      buffer.putInt(at & ~3, value);
    } else if (at + 2 <= bytes.length) {
      buffer.putShort(at, (short) value);
    }
  }

  private static byte[] joined(byte[] first, int length, byte[] second, int from, int to) {
    byte[] both = Arrays.copyOf(first, length + to - from);
    System.arraycopy(second, from, both, length, to - from);
    return both;
  }
}
