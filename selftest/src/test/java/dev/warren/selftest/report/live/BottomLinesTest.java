package dev.warren.selftest.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.linux.process.WindowSize;
import dev.warren.selftest.report.live.Line.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BottomLinesTest {
  private final List<String> sent = new ArrayList<>();
  private WindowSize size = new WindowSize(10, 40);
  private final VirtualScreen screen = new VirtualScreen(10, 40);
  private final BottomLines lines =
      new BottomLines(
          text -> {
            sent.add(text);
            screen.send(text);
          },
          () -> size,
          true);

  @Test
  void linesThatChangeStayWhereTheyAre() {
    lines.show(lines("one", "two"));
    lines.show(lines("three", "4"));
    assertThat(screen.lines()).containsExactly("three", "4");
  }

  @Test
  void lastingLinesPassAbove() {
    lines.show(lines("one", "two"));
    lines.above("lasting\nand more");
    lines.above("");
    lines.show(lines("three"));
    assertThat(screen.lines()).containsExactly("lasting", "and more", "", "three");
  }

  @Test
  void whatScrollsOutIsWholeAndInOrder() {
    for (int i = 0; i < 50; i++) {
      lines.show(lines("a" + i, "b" + i, "c" + i));
      lines.above("lasting " + i);
    }
    lines.clear();
    assertThat(screen.lines())
        .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "lasting " + i).toList());
  }

  @Test
  void lastingLinesOfAnyLengthAreWhole() {
    for (int length = 35; length < 125; length++) {
      lines.above("x".repeat(length));
      lines.show(lines("display"));
    }
    lines.clear();
    assertThat(screen.lines()).isEqualTo(IntStream.range(35, 125).mapToObj("x"::repeat).toList());
  }

  @Test
  void aPictureIsOneWriteAndNoneWhenNothingChanged() {
    lines.show(lines("one", "two"));
    lines.show(lines("one", "two"));
    assertThat(screen.writes()).isEqualTo(1);
  }

  @Test
  void whateverHappensNextTheCursorIsAtTheStartOfALineOfItsOwn() {
    lines.show(lines("one", "two"));
    assertThat(screen.isAtRest()).isTrue();
    lines.above("x".repeat(40));
    assertThat(screen.isAtRest()).isTrue();
    lines.clear();
    assertThat(screen.isAtRest()).isTrue();
  }

  @Test
  void linesAreCutToTheWindow() {
    lines.show(lines("x".repeat(100), "日本語".repeat(30)));
    assertThat(screen.lines()).containsExactly("x".repeat(36) + "...", "日本語".repeat(6) + "...");
  }

  @Test
  void aLowWindowHasFewerLines() {
    size = new WindowSize(4, 40);
    screen.resize(4, 40);
    for (int i = 0; i < 5; i++) {
      lines.show(lines("1 at " + i, "2", "3", "4", "5"));
    }
    assertThat(screen.lines()).containsExactly("1 at 4", "2");
  }

  @Test
  void followsTheWindowsSize() {
    lines.above("before");
    lines.show(lines("a".repeat(39), "b".repeat(30)));
    resize(10, 20);
    lines.show(lines("a".repeat(39), "b".repeat(30), "now"));
    assertThat(screen.lines())
        .containsExactly("before", "a".repeat(16) + "...", "b".repeat(16) + "...", "now");
    resize(10, 60);
    lines.show(lines("a".repeat(39), "b".repeat(30), "now"));
    assertThat(screen.lines()).containsExactly("before", "a".repeat(39), "b".repeat(30), "now");
  }

  @Test
  void whatTestsPrintCannotMoveTheTerminal() {
    lines.above("red \u001b[31m, home \u001b[H, bell \u0007, \u009b2J, back\rto the start");
    lines.show(lines("name \u001b[2J \r\b"));
    assertThat(screen.lines())
        .containsExactly("red ?[31m, home ?[H, bell ?, ?2J, back", "to the start", "name ?[2J ??");
  }

  @Test
  void coloursAreLeftOutWhereNobodyWantsThem() {
    Line line = Line.of("a ").plus("b", Style.RED);
    assertThat(line.render(true)).isEqualTo("a \u001b[1;31mb\u001b[0m");
    assertThat(line.render(false)).isEqualTo("a b");
  }

  @Test
  void noHistoryOfPicturesSizesAndLinesLeavesATrace() {
    for (long seed = 0; seed < 100; seed++) {
      history(seed);
    }
  }

  /** Any history: in the end nothing but the lasting lines is there, in their order. */
  private static void history(long seed) {
    Random random = new Random(seed);
    WindowSize[] now = {new WindowSize(12, 50)};
    VirtualScreen screen = new VirtualScreen(12, 50);
    BottomLines lines = new BottomLines(screen::send, () -> now[0], random.nextBoolean());
    List<String> lasting = new ArrayList<>();
    for (int step = 0; step < 100; step++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          lasting.add(text(random, 100));
          lines.above(lasting.getLast());
        }
        case 2 -> {
          // Wide enough that what was drawn has room still when it wraps.
          now[0] = new WindowSize(12, 30 + random.nextInt(40));
          screen.resize(now[0].rows(), now[0].columns());
        }
        default ->
            lines.show(
                IntStream.range(0, random.nextInt(5))
                    .mapToObj(_ -> Line.of(text(random, 70)))
                    .toList());
      }
    }
    lines.clear();
    while (!lasting.isEmpty() && lasting.getLast().isEmpty()) {
      lasting.removeLast();
    }
    assertThat(screen.lines()).as("seed %d", seed).isEqualTo(lasting);
  }

  private static String text(Random random, int most) {
    String letters = "abcXYZ0189日語한글ｶ😀é-";
    int[] all = letters.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(most); length > 0; length--) {
      text.appendCodePoint(all[random.nextInt(all.length)]);
    }
    return text.toString();
  }

  private void resize(int rows, int columns) {
    size = new WindowSize(rows, columns);
    screen.resize(rows, columns);
  }

  private static List<Line> lines(String... texts) {
    return List.of(texts).stream().map(Line::of).toList();
  }
}
