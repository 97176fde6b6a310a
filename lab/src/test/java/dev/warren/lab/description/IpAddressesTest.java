package dev.warren.lab.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressesTest {

  /** The IPv6 forms are those of RFC 5952, section 4. */
  @ParameterizedTest
  @CsvSource({
    "10.53.57.30, 10.53.57.30",
    "fd00:0000:0000:0000:0000:0000:5357:5f1e, fd00::5357:5f1e",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "0:0:0:0:0:0:0:0, ::",
    "::1, ::1",
    "fd00::, fd00::",
    "FD00::A, fd00::a"
  })
  void addressesAreWrittenInTheShortestForm(String text, String shortest) {
    assertThat(IpAddresses.text(IpAddresses.parse(text))).isEqualTo(shortest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10.1",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.4.5",
        "host",
        "fe80::1%eth0",
        "64:ff9b::192.02.2.33",
        "00fd00::1",
        "::1::",
        "12345::",
        "::ffff:10.0.0.1",
        "[::1]"
      })
  void whatMeansDifferentThingsInDifferentPlacesIsNoAddress(String text) {
    assertThatThrownBy(() -> IpAddresses.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"%s\" is no IP address", text);
  }
}
