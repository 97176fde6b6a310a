package dev.warren.lab.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {

  @ParameterizedTest
  @CsvSource({
    "10.53.57.0/24, 30, 10.53.57.30",
    "10.53.56.0/23, 300, 10.53.57.44",
    "192.168.7.8/30, 2, 192.168.7.10",
    "128.0.0.0/1, 2147483646, 255.255.255.254",
    "fd00::5357:5f00/112, 30, fd00::5357:5f1e",
    "fd00::/64, 2147483647, fd00::7fff:ffff",
    "2001:db8::fffc/126, 3, 2001:db8::ffff"
  })
  void aHostsAddressIsTheBasePlusItsNumber(String subnet, int number, String address) {
    assertThat(IpAddresses.text(Subnet.parse(subnet).address(number))).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "10.53.57.0/24, 254",
    "10.0.0.0/30, 2",
    "10.0.0.0/8, 16777214",
    "128.0.0.0/1, 2147483646",
    "fd00::/126, 3",
    "fd00::/112, 65535",
    "fd00::5357:5f00/112, 41215",
    "fd00::/8, 2147483647"
  })
  void theLastNumberLeavesOutTheIpv4BroadcastAddress(String subnet, int last) {
    assertThat(Subnet.parse(subnet).lastNumber()).isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fd00::ffff/112", "fd00::fffe/112"})
  void aBaseWithoutRoomAboveItIsRefused(String text) {
    assertThatThrownBy(() -> Subnet.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + " has no room for two hosts above its base");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 255, Integer.MAX_VALUE})
  void aNumberOutsideHasNoAddress(int number) {
    assertThatThrownBy(() -> Subnet.parse("10.53.57.0/24").address(number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(number + " does not fit into 10.53.57.0/24: 1 to 254");
  }

  @ParameterizedTest
  @CsvSource({
    "10.53.57.0/24, 10.53.57.0/24, true",
    "10.53.57.0/24, 10.53.57.128/25, true",
    "10.53.57.128/25, 10.53.57.0/24, true",
    "10.53.57.0/25, 10.53.57.128/25, false",
    "fd00::5357:5f00/112, fd00::5357:0/112, true",
    "10.53.57.0/24, fd00::/112, false"
  })
  void subnetsOverlapWhenOneHoldsTheOther(String one, String other, boolean overlap) {
    assertThat(Subnet.parse(one).overlaps(Subnet.parse(other))).isEqualTo(overlap);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.53.57.1/24 | 10.53.57.1/24 starts in the middle of 10.53.57.0/24",
        "10.53.57.0 | \"10.53.57.0\" is no subnet: write it like 10.53.57.0/24 or fd00::/112",
        "10.53.57.0/x | \"10.53.57.0/x\" is no subnet: write it like 10.53.57.0/24 or fd00::/112",
        "10.53.57.0/024 | \"10.53.57.0/024\" is no subnet: write it like 10.53.57.0/24 or fd00::/112",
        "lan/24 | \"lan\" is no IP address",
        "10.53.57.0/32 | /32 is out of range: /1 to /31",
        "fd00::/128 | /128 is out of range: /1 to /127",
        "fd00::1/127 | fd00::1/127 starts in the middle of fd00::/127",
        "127.0.0.0/8 | 127.0.0.0/8 is not for hosts: loopback, link-local, multicast or reserved",
        "240.0.0.0/8 | 240.0.0.0/8 is not for hosts: loopback, link-local, multicast or reserved",
        "ff02::/16 | ff02::/16 is not for hosts: loopback, link-local, multicast or reserved",
        "fe80::/64 | fe80::/64 is not for hosts: loopback, link-local, multicast or reserved"
      })
  void badSubnetsAreRefusedWithTheReason(String text, String message) {
    assertThatThrownBy(() -> Subnet.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.4/31, 10.0.0.4, 10.0.0.5", "fd00::4/127, fd00::4, fd00::5"})
  void aRangeOfTwoAddressesIsAllForHosts(String text, String first, String second) {
    Subnet subnet = Subnet.parse(text);

    assertThat(subnet.lastNumber()).isEqualTo(2);
    assertThat(subnet.address(1)).isEqualTo(IpAddresses.parse(first));
    assertThat(subnet.address(2)).isEqualTo(IpAddresses.parse(second));
  }

  @Test
  void itsTextIsWhatParseReads() {
    assertThat(Subnet.parse("fd00:0:0:0::5357:5f00/112")).hasToString("fd00::5357:5f00/112");
  }
}
