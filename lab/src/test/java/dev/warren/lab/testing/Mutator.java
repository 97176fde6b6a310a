package dev.warren.lab.testing;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Damages good input in repeatable ways: the same seed gives the same damage. */
public final class Mutator {

  private final RandomGenerator random;

  private Mutator(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** {@code count} damaged versions of one of the texts, from the seeds 0, 1, 2, ... */
  public static Stream<String> texts(int count, String spice, String... good) {
    return IntStream.range(0, count)
        .mapToObj(seed -> new Mutator(seed).text(good[seed % good.length], spice));
  }

  /** {@code count} damaged versions of one of the byte strings, from the seeds 0, 1, 2, ... */
  public static Stream<byte[]> bytes(int count, byte[]... good) {
    return IntStream.range(0, count)
        .mapToObj(seed -> new Mutator(seed).bytes(good[seed % good.length]));
  }

  private String text(String good, String spice) {
    StringBuilder text = new StringBuilder(good);
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(1, 12));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, spice.charAt(random.nextInt(spice.length())));
        case 2 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
        default -> text.replace(at, end, "" + spice.charAt(random.nextInt(spice.length())));
      }
    }
    return text.toString();
  }

  private byte[] bytes(byte[] good) {
    byte[] bytes = good.clone();
    for (int i = random.nextInt(1, 6); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes = Arrays.copyOf(bytes, at);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0xc0);
        default -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 20));
      }
    }
    return bytes;
  }
}
