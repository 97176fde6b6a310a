package dev.warren.lab.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedJsonTest {
  private final TypedJson<Order> json = new TypedJson<>(Order.class);

  sealed interface Order {
    record Buy(String what, int count, boolean dry, Optional<String> note) implements Order {}
  }

  @Test
  void aRecordIsReadAsItIsWritten() throws Exception {
    Order order = new Order.Buy("tea", 3, true, Optional.empty());

    assertThat(json.read(json.line(order))).isEqualTo(order);
    assertThat(json.read(json.line(order).replace("}", ", \"new\": 1}"))).isEqualTo(order);
  }

  /** A field that is misspelt must not become another order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'buy', 'what': 'tea', 'count': 3, 'dri': true, 'note': null}",
        "{'type': 'buy', 'what': null, 'count': 3, 'dry': true, 'note': null}",
        "{'type': 'buy', 'what': 'tea', 'count': null, 'dry': true, 'note': null}",
        "{'type': 'buy', 'what': 'tea', 'count': '3', 'dry': true, 'note': null}",
        "{'type': 'buy', 'what': 'tea', 'count': 3.5, 'dry': true, 'note': null}",
        "{'type': 'buy', 'what': 7, 'count': 3, 'dry': true, 'note': null}",
        "{'type': 'buy', 'what': 'tea', 'count': 3, 'dry': true, 'note': true}",
        "{'type': 'buy', 'what': 'tea', 'count': 3, 'dry': false, 'dry': true, 'note': null}",
      })
  void whatIsMissingOrOfAnotherKindIsRefused(String line) {
    assertThatIOException().isThrownBy(() -> json.read(line.replace('\'', '"')));
  }
}
