package dev.warren.selftest.report.table;

import static dev.warren.selftest.report.table.Runs.ALL_IDS;
import static dev.warren.selftest.report.table.Runs.knownFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.selftest.subunit.Outcome;
import dev.warren.selftest.verdict.TestVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsMarkdownTest {
  @TempDir private Path folder;

  @Test
  void isAPageOfTables() throws IOException {
    RunRecord root =
        Runs.of(folder.resolve("root"), ALL_IDS)
            .packages(
                new TreeMap<>(Map.of("samba", "4.17.12", "smbclient", "4.17.12", "bind9", "9.18")))
            .ready("ad_dc", 21.04, false)
            .ready("ad_dc", 3.5, true)
            .suite(
                "x(ad_dc)",
                "ad_dc",
                new TestVerdict("x.1", Outcome.SUCCESS, Optional.empty(), Optional.empty()),
                knownFailure("x.2", "bug 1"))
            .skips("y", "rpc_proxy", "the testenv rpc_proxy needs ntvfs, which is not here")
            .whole();
    RunRecord user =
        Runs.of(folder.resolve("user"), 65_536)
            .fails("ad_dc", "no room; the end of its log:\n    the log")
            .suite("x(ad_dc)", "ad_dc", Outcome.ERROR)
            .whole();
    assertThat(ResultsMarkdown.page(ResultsMaker.of(List.of(root, user))))
        .isEqualTo(
            """
            # Results

            Made by `warren report --table`, not by hand.

            | what | of these runs |
            |---|---|
            | plans | `quick` |
            | packages | bind9 9.18; samba, smbclient 4.17.12 |
            | machine | 2 processors, Linux 6.1.0 |
            | Warren | 0.1.0, Java 25.0.1 |
            | date | 2026-03-01 |

            |  | runs | testenvs up | fail | skipped | suites passed | failed | skipped |
            |---|---:|---:|---:|---:|---:|---:|---:|
            | as root | 1 | 1 | 0 | 1 | 1 | 0 | 1 |
            | as an ordinary user | 1 | 0 | 1 | 0 | 0 | 1 | 0 |

            ## Testenvs

            How long a testenv's own set-up takes, without what it needs: the median of all runs.

            | testenv | as root: cold, s | from its snapshot, s | as an ordinary user: cold, s | from its snapshot, s |
            |---|---:|---:|---:|---:|
            | `ad_dc` | 21.0 | 3.5 | fails: no room | - |
            | `rpc_proxy` | skipped: needs ntvfs | - | - | - |

            ## Suites

            ### ad_dc

            | suite | tests passed | known failures | as root | as an ordinary user |
            |---|---:|---|---|---|
            | `x(ad_dc)` | 0 to 1 | 1: bug 1 | passed | **failed**: 1 of 1 tests |

            ### rpc_proxy

            | suite | tests passed | known failures | as root | as an ordinary user |
            |---|---:|---|---|---|
            | `y` | 0 |  | skipped: the testenv rpc_proxy needs ntvfs, which is not here | - |
            """);
  }

  @Test
  void tellsHowOftenATestenvFailedThatComesUp() throws IOException {
    RunRecord run =
        Runs.of(folder, ALL_IDS).fails("a", "no").ready("a", 1, false).fails("a", "no").whole();
    assertThat(page(run)).contains("| `a` | 1.0 (failed 2 times) | - |");
  }

  @Test
  void tellsInHowManyRunsASuiteFailed() throws IOException {
    assertThat(
            ResultsMarkdown.page(
                ResultsMaker.of(
                    List.of(
                        Runs.of(folder.resolve("1"), 1).suite("x", "a", Outcome.SUCCESS).whole(),
                        Runs.of(folder.resolve("2"), 1).suite("x", "a", Outcome.ERROR).whole()))))
        .contains("| suite | tests passed | known failures | with one id |")
        .contains("**failed** in 1 of 2 runs: 1 of 1 tests");
  }

  @Test
  void saysWhichRunsDidNotComeToTheirEnd() throws IOException {
    assertThat(page(Runs.of(folder, ALL_IDS).asFarAsItCame()))
        .contains("| as root | 1 (1 ended early) |");
  }

  @Test
  void aNameThatIsMarkupStaysAName() throws IOException {
    RunRecord run = Runs.of(folder, ALL_IDS).suite("a|b`<img>", "none", Outcome.SUCCESS).whole();
    assertThat(page(run)).contains("| a\\|b\\`\\<img\\> | 1 |");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          smbd grants rights ; smbd grants rights
          a | b              ; a \\| b
          *x* [y](z) `c`     ; \\*x\\* \\[y\\](z) \\`c\\`
          <b> & c            ; \\<b\\> \\& c
          fl2003_dc _x_      ; fl2003_dc \\_x\\_
          """)
  void textMeansNothingButItself(String text, String markdown) {
    assertThat(Markdown.text(text)).isEqualTo(markdown);
  }

  @Test
  void ofATextOnlyTheFirstLineIsTold() {
    assertThat(Markdown.text("\n one\u0007\n two")).isEqualTo("one");
    assertThat(Markdown.text("x".repeat(1000))).hasSize(204).endsWith("x ...");
  }

  private static String page(RunRecord run) {
    return ResultsMarkdown.page(ResultsMaker.of(List.of(run)));
  }
}
