package dev.warren.cli;

import dev.warren.selftest.run.Hold;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** Shows the lab of the first failure to who started the run, and waits for Enter or Ctrl-C. */
final class Keeper implements Hold.Keeper {
  private final RunConsole console;
  private final EndSignal end;
  private final InputStream input;

  /**
   * @param input where Enter is typed; its end is no answer
   */
  Keeper(RunConsole console, EndSignal end, InputStream input) {
    this.console = console;
    this.end = end;
    this.input = input;
  }

  @Override
  public void keep(Hold.HeldLab lab) throws InterruptedException {
    CountDownLatch answer = new CountDownLatch(1);
    end.nextIs(answer::countDown);
    console.say(text(lab));
    console.pause();
    try {
      forgetTyped();
      Thread.ofPlatform().daemon().name("warren-enter").start(() -> awaitEnter(answer));
      answer.await();
    } finally {
      end.nextIsTheEnd();
      console.resume();
    }
  }

  private static String text(Hold.HeldLab lab) {
    StringBuilder text =
        new StringBuilder("%nThe lab of %s is kept. In another terminal:%n".formatted(lab.suite()));
    for (String host : lab.hosts()) {
      text.append("  warren shell ").append(lab.name()).append('/').append(host).append('\n');
    }
    return text.append("There, with the variables of the suite:\n  . ")
        .append(lab.variables())
        .append("\nEnter, or Ctrl-C, lets the run go on.")
        .toString();
  }

  /** An Enter from before the question is no answer to it. */
  private void forgetTyped() {
    try {
      input.skipNBytes(input.available());
    } catch (IOException gone) {
      // Then nothing was typed.
    }
  }

  private void awaitEnter(CountDownLatch answer) {
    try {
      for (int c = input.read(); c >= 0; c = input.read()) {
        if (c == '\n') {
          answer.countDown();
          return;
        }
      }
    } catch (IOException gone) {
      // Nobody types there any more: Ctrl-C is left.
    }
  }
}
