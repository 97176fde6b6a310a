package dev.warren.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import dev.warren.fuzz.Fuzz.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** /proc/PID/stat, damaged, and with names that try to look like the rest. */
class ProcessStatFuzzTest {
  /** As proc_pid_stat(5) says it: number, name in brackets, letter, numbers. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?s)([0-9]{1,18}) \\((.*)\\) ([A-Za-z])"
              + " ([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,18})((?: [^ ]*){7}) ([0-9]{1,18}) ([0-9]{1,18})"
              + "((?: [^ ]*){6}) ([0-9]{1,18})(?: .*)?");

  private static final String REST =
      " 1 4242 4242 0 -1 4194560 123 0 1 0 15 7 0 0 20 0 3 0 5566 12345 678 18446744073709551615"
          + " 1 1 0 0 0 0 0 4096 2 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";

  @Test
  void processes() throws Exception {
    Fuzz.check(
        "/proc/PID/stat",
        100,
        Damage.texts(
            List.of(" ", "(", ")", ") S 1", "\n", "-", "Z", "\0", "(a)", "S"),
            List.of(
                "4242 (sh) S" + REST,
                "4242 () R 1 (x) Z) S" + REST,
                "1 (\n) Z 0 0" + ") t" + REST,
                "7 (kworker/0:1-ev) I" + REST)),
        text -> {
          Optional<ProcessStat> read = ProcessStat.parse(text);
          Matcher form = FORM.matcher(text);
          if (read.isEmpty()) {
            return Outcome.REJECTED;
          }
          ProcessStat stat = read.get();
          assertThat(form.matches()).as("the form of proc_pid_stat(5)").isTrue();
          assertThat(stat.pid()).isEqualTo(Long.parseLong(form.group(1)));
          assertThat(stat.name()).isEqualTo(form.group(2));
          assertThat(stat.state()).isEqualTo(form.group(3).charAt(0));
          assertThat(stat.parent()).isEqualTo(Long.parseLong(form.group(4)));
          assertThat(stat.start()).isEqualTo(Long.parseLong(form.group(11)));
          assertThat(stat.cpu().toMillis())
              .isEqualTo(10 * (Long.parseLong(form.group(8)) + Long.parseLong(form.group(9))));
          return Outcome.ACCEPTED;
        });
  }
}
