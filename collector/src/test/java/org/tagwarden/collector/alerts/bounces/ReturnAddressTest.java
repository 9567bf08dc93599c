package org.tagwarden.collector.alerts.bounces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReturnAddressTest {
  private static final byte[] KEY = "a key of the tests".getBytes(UTF_8);

  @Test
  void each_message_has_one_of_its_own_that_names_it() {
    ReturnAddress returns = new ReturnAddress(KEY, "bounces+*@tags.example");
    String address = String.valueOf(returns.of(417));

    assertThat(address).matches("bounces\\+417-[0-9a-f]{16}@tags\\.example");
    assertThat(address.indexOf('@')).isLessThanOrEqualTo(64);
    assertThat(returns.find("Ops <" + address + ">, other@tags.example")).hasValue(417);
    assertThat(returns.find(address.toUpperCase(Locale.ROOT))).as("servers do that").hasValue(417);
  }

  @Test
  void nobody_can_make_one_up() {
    ReturnAddress returns = new ReturnAddress(KEY, "bounces+*@tags.example");
    String address = String.valueOf(returns.of(417));

    assertThat(returns.find(address.replace("417", "418"))).isEmpty();
    assertThat(returns.find("bounces+417-0000000000000000@tags.example")).isEmpty();
    assertThat(returns.find("bounces+999999999999999999999-0000000000000000@tags.example"))
        .isEmpty();
    assertThat(new ReturnAddress("another".getBytes(UTF_8), "bounces+*@tags.example").find(address))
        .isEmpty();
  }

  @Test
  void without_a_star_it_is_one_for_all_and_names_nothing() {
    ReturnAddress one = new ReturnAddress(KEY, "bounces@tags.example");
    assertThat(one.of(417)).isEqualTo("bounces@tags.example");
    assertThat(one.find("bounces@tags.example")).isEmpty();
    assertThat(new ReturnAddress(KEY, null).of(417)).isNull();
  }
}
