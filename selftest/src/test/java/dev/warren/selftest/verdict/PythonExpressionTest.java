package dev.warren.selftest.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PythonExpressionTest {
  private static final List<String> PIECES =
      List.of(
          "a",
          "b",
          "c",
          ".",
          "\\.",
          "^",
          "$",
          "|",
          "(",
          ")",
          "(",
          ")",
          "(?:",
          "(?=",
          "(?!",
          "(?<=a)",
          "(?<!b)",
          "(?P<n>",
          "(?P=n)",
          "\\1",
          "\\2",
          "\\10",
          "[ab]",
          "[^a]",
          "[a-c]",
          "[",
          "]",
          "[]a]",
          "[^]a]",
          "[a[b]",
          "[a&&b]",
          "[\\w-]",
          "[^\\W_]",
          "[\\Sx]",
          "[\\d.]",
          "\\w",
          "\\W",
          "\\d",
          "\\D",
          "\\s",
          "\\S",
          "\\b",
          "\\B",
          "\\A",
          "\\Z",
          "\\z",
          "*",
          "+",
          "?",
          "*?",
          "+?",
          "??",
          "*+",
          "{2}",
          "{1,}",
          "{,2}",
          "{,}",
          "{",
          "}",
          "{a}",
          "\\x41",
          "\\u00e9",
          "\\U0001F600",
          "\\101",
          "\\0",
          "\\07",
          "\\8",
          "\\n",
          "\\v",
          "\\e",
          "\\h",
          "\\Q",
          "\\E",
          "\\-",
          "\\ ",
          "-",
          "&&",
          "(?i)",
          "(?i:",
          "(?u)",
          "(?s)",
          "(?-i:",
          "\\",
          "\u00e9",
          "_");
  private static final List<String> TEXTS =
      List.of(
          "a",
          "b",
          "ab",
          "ba",
          "abc",
          "aab",
          "a.b",
          "A",
          "AB",
          "a\n",
          "a\u2028",
          "\u00e9",
          "\u00c9",
          "1",
          "\u0663",
          "_",
          "a-b",
          "a]b",
          "[a",
          "a&&b",
          "a{",
          "{a}",
          "a{2}",
          "\u000b",
          "a b",
          "\u00a0",
          "\u001c",
          "\uD83D\uDE00",
          "aa",
          "cc",
          "\\",
          "}",
          "-",
          "Q",
          "\u200b");

  /** Expression, text, whether it matches. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a.c; abcd; true",
        "b; abc; false",
        "samba4\\.rpc\\.(a|b)$; samba4.rpc.b; true",
        "samba4\\.rpc\\.(a|b)$; samba4.rpc.bc; false",
        "(?P<x>a)(?P=x); aa; true",
        "a\\Z; a; true",
        "[a&&b]; &; true",
        "[[]; [; true",
        "a{,2}$; aa; true",
        "x{a}; x{a}; true",
        "\\w; \u00e9; true",
        "[^\\W\\d]; 1; false",
        "(?i)\u00e9; \u00c9; true",
      })
  void matchesAsPythonDoes(String expression, String text, boolean matches) {
    assertThat(PythonExpression.compile(expression).matchesStart(text)).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        ")",
        "[a",
        "*a",
        "a**",
        "a{2}{3}",
        "\\",
        "\\p{L}",
        "\\Qa\\E",
        "(?<n>a)",
        "\\1",
        "(\\1)",
        "(?P<n>a)(?P<n>b)",
        "(?P=n)",
        "[b-a]",
        "[\\w-z]",
        "a(?i)b",
        "^*",
        "(?y)"
      })
  void refusesWhatPythonRefuses(String expression) {
    assertThatThrownBy(() -> PythonExpression.compile(expression))
        .isInstanceOf(PatternSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a)?(?(1)b|c)", "(?x)a b", "(?a)\\w", "\\N{BULLET}"})
  void refusesWhatJavaHasNothingLike(String expression) {
    assertThatThrownBy(() -> PythonExpression.compile(expression))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("support");
  }

  @Test
  @Timeout(30)
  void givesUpOnAnExpressionThatWouldTakeForEver() {
    PythonExpression expression = PythonExpression.compile("(a+)+$");
    assertThat(expression.matchesStart("a".repeat(60) + "b")).isFalse();
  }

  @Test
  void survivesNamesThatAreTooLongForTheStack() {
    PythonExpression expression = PythonExpression.compile("(a|b)*$");
    assertThat(expression.matchesStart("ab".repeat(500_000))).isFalse();
  }

  @Test
  void asksItsMatcherOnlyWhereTheStartFits() {
    List<PythonExpression> many = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      many.add(PythonExpression.compile("^samba4\\.test%d\\..*x+y".formatted(i)));
    }
    long start = System.nanoTime();
    for (int test = 0; test < 2000; test++) {
      String id = "samba4.other.test_" + test + "(ad_dc)";
      assertThat(many.stream().anyMatch(one -> one.matchesStart(id))).isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start).dividedBy(2000))
        .isLessThan(Duration.ofMillis(2));
  }

  /** Where Python reads an expression Warren reads it alike, or refuses it; it never lies. */
  @Test
  void agreesWithPythonOnGeneratedExpressions() throws Exception {
    try (PythonProcess python = python()) {
      int both = 0;
      int refused = 0;
      for (int round = 0; round < 100; round++) {
        Random random = new Random(round);
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          expressions.add(expression(random));
        }
        JsonNode answers =
            python.ask(Map.of("expressions", expressions, "texts", TEXTS)).get("answers");
        for (int i = 0; i < expressions.size(); i++) {
          Optional<PythonExpression> ours = compiled(expressions.get(i));
          JsonNode theirs = answers.get(i);
          if (theirs.isArray() && ours.isPresent()) {
            both++;
            for (int text = 0; text < TEXTS.size(); text++) {
              assertThat(ours.get().matchesStart(TEXTS.get(text)))
                  .as("\"%s\" on \"%s\"", expressions.get(i), TEXTS.get(text))
                  .isEqualTo(theirs.get(text).asBoolean());
            }
          } else if (theirs.isArray()) {
            refused++;
          }
        }
      }
      System.out.printf("%d expressions read alike, %d refused by Warren alone%n", both, refused);
      assertThat(both).isGreaterThan(2000);
      assertThat(refused).isLessThan(both / 10);
    }
  }

  private static PythonProcess python() {
    try {
      return PythonProcess.start("python-re.py");
    } catch (IOException e) {
      return abort("there is no Python to compare with: " + e.getMessage());
    }
  }

  private static String expression(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    if (text.indexOf("(") >= 0 && text.indexOf(")") < 0 && random.nextInt(8) > 0) {
      text.append(')');
    }
    return text.toString();
  }

  private static Optional<PythonExpression> compiled(String expression) {
    try {
      return Optional.of(PythonExpression.compile(expression));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }
}
