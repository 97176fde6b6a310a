package dev.warren.selftest.verdict;

import dev.warren.fuzz.Damage;
import dev.warren.fuzz.Fuzz;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

/** Lists of known failures, damaged: an expression of Python's, or a reason why it is none. */
class ExpressionFuzzTest {
  private static final List<String> GOOD =
      List.of(
          "^samba4\\.rpc\\.(lsa|samr)\\.[^.]*\\(ad_dc(:local)?\\)$",
          "samba.tests.(?P<x>a|b)(?P=x)+\\d{1,3}",
          "(?i)[\\w-]+(?!x)\\bq\\Z",
          "\\x41\\u00e9[]a-c]{,2}");

  private static final List<String> SPICE =
      List.of(
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "*",
          "+",
          "?",
          "|",
          "\\",
          "^",
          "$",
          ".",
          "-",
          "&&",
          "(?:",
          "(?P<y>",
          "(?P=y)",
          "\\1",
          "\\99",
          "\\0",
          "\\x",
          "\\u12",
          "\\U0011ffff",
          "\\W",
          "[\\S",
          "(?i)",
          "(?x)",
          "{,}",
          "\\N{",
          "{2147483648}");

  @Test
  void expressions() throws Exception {
    Fuzz.check(
        "known failures",
        40,
        Damage.texts(SPICE, GOOD),
        text -> {
          try {
            PythonExpression expression = PythonExpression.compile(text);
            boolean matched = expression.matchesStart("samba4.rpc.lsa.x(ad_dc)");
            if (matched != expression.matchesStart("samba4.rpc.lsa.x(ad_dc)")) {
              throw new AssertionError("it matches now and then");
            }
            return Fuzz.Outcome.ACCEPTED;
          } catch (PatternSyntaxException refused) {
            return Fuzz.Outcome.REJECTED;
          }
        });
  }
}
