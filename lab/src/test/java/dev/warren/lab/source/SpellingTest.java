package dev.warren.lab.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  private static final List<String> KNOWN =
      List.of("name", "interface", "networks", "dns", "ad_dc", "ad_dc_ntvfs");

  @ParameterizedTest
  @CsvSource({
    "nmae, name",
    "Name, name",
    "interfaces, interface",
    "intreface, interface",
    "network, networks",
    "dn, dns",
    "ad_cd, ad_dc"
  })
  void theWordThatWasMeantIsFound(String written, String meant) {
    assertThat(Spelling.closest(written, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"colour", "x", "interlacing", "''"})
  void nothingIsGuessedForAWordThatIsFarFromAll(String written) {
    assertThat(Spelling.closest(written, KNOWN)).isEmpty();
  }

  @Test
  void amongEquallyCloseWordsTheFirstInTheAlphabetIsTaken() {
    assertThat(Spelling.closest("cat", List.of("hat", "bat"))).contains("bat");
  }
}
