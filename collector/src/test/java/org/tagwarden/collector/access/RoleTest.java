package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.Refusal;

class RoleTest {
  @Test
  void each_role_of_the_ladder_includes_the_ones_below_and_none_above() {
    Role[] ladder = {Role.VIEWER, Role.REQUESTER, Role.APPROVER, Role.ADMIN};
    for (int held = 0; held < ladder.length; held++) {
      for (int needed = 0; needed < ladder.length; needed++) {
        assertThat(ladder[held].covers(ladder[needed]))
            .as("%s covers %s", ladder[held], ladder[needed])
            .isEqualTo(held >= needed);
      }
    }
  }

  @Test
  void an_auditor_reads_and_changes_nothing() {
    assertThat(Role.AUDITOR.covers(Role.VIEWER)).isTrue();
    assertThat(Role.AUDITOR.covers(Role.REQUESTER)).isFalse();
    assertThat(Role.AUDITOR.covers(Role.ADMIN)).isFalse();
  }

  @Test
  void a_scanner_is_a_scanner_and_nobody_else_is_one() {
    for (Role role : Role.values()) {
      assertThat(Role.SCANNER.covers(role)).isEqualTo(role == Role.SCANNER);
      assertThat(role.covers(Role.SCANNER)).isEqualTo(role == Role.SCANNER);
    }
  }

  @Test
  void a_role_for_one_client_says_nothing_about_another() {
    Principal principal = new Principal(1, "Ann", null, Map.of(7, Role.ADMIN));

    assertThat(principal.may(Role.APPROVER, 7)).isTrue();
    assertThat(principal.may(Role.VIEWER, 8)).isFalse();
    assertThat(principal.readable().clientIds()).containsExactly(7);
    assertThatThrownBy(() -> principal.require(Role.VIEWER, 8))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("viewer");
  }

  @Test
  void a_role_everywhere_holds_for_every_client() {
    Principal principal = new Principal(1, "Ann", Role.APPROVER, Map.of(7, Role.VIEWER));

    assertThat(principal.may(Role.APPROVER, 7)).isTrue();
    assertThat(principal.readable()).isEqualTo(ClientScope.ALL);
    assertThat(principal.mayEverywhere(Role.ADMIN)).isFalse();
  }
}
