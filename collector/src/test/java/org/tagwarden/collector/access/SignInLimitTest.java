package org.tagwarden.collector.access;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;

/** How many tries there are at the door, by address, by account and by both. */
class SignInLimitTest {
  private final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");

  @Test
  void one_account_is_not_tried_from_many_addresses_and_its_owner_is_not_locked_out() {
    SignInLimit limit = new SignInLimit(clock);
    limit.attempt("office", "ann@example.com");
    limit.succeeded("office", "ann@example.com");
    for (int i = 0; i < 30; i++) limit.attempt("10.0.0." + i, "ann@example.com");
    assertThatThrownBy(() -> limit.attempt("10.0.1.1", "ANN@example.com "))
        .hasMessageContaining("Too many");
    limit.attempt("office", "ann@example.com");
    limit.attempt("10.0.1.1", "bo@example.com");
    clock.advance(Duration.ofMinutes(16));
    limit.attempt("10.0.1.1", "ann@example.com");
  }

  @Test
  void one_password_is_not_tried_on_everybody_from_one_address() {
    SignInLimit limit = new SignInLimit(clock);
    for (int i = 0; i < 60; i++) limit.attempt("10.0.0.1", "p" + i + "@example.com");
    assertThatThrownBy(() -> limit.attempt("10.0.0.1", "ann@example.com"))
        .hasMessageContaining("Too many");
    limit.attempt("10.0.0.2", "ann@example.com");
  }

  @Test
  void right_passwords_of_a_whole_office_are_never_too_many() {
    SignInLimit limit = new SignInLimit(clock);
    for (int i = 0; i < 200; i++) {
      limit.attempt("office", "p" + i % 7 + "@example.com");
      limit.succeeded("office", "p" + i % 7 + "@example.com");
    }
  }
}
