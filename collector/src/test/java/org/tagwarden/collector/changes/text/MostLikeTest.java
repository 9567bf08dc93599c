package org.tagwarden.collector.changes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What an inline script was before can only be guessed. */
class MostLikeTest {
  private static final String MENU = "a();b();c();d();e();";
  private static final String CART = "v();w();x();y();z();";

  @Test
  void it_is_the_one_with_most_lines_in_common_wherever_the_change_stands() {
    String changed = "steal();a();b();c();d();e();";

    assertThat(MostLike.of(changed, List.of(CART, "a();b();c();", MENU))).isEqualTo(MENU);
  }

  @Test
  void what_has_little_in_common_with_any_was_none_of_them() {
    assertThat(MostLike.of("a();q();r();s();t();", List.of(MENU, CART))).isEmpty();
    assertThat(MostLike.of("a();", List.of())).isEmpty();
    assertThat(MostLike.of("", List.of(MENU))).isEmpty();
  }
}
