package org.tagwarden.collector.settling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettleTimeTest {
  private static final Instant NOW = Instant.parse("2026-03-09T06:00:00Z");
  private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));

  @Test
  void a_site_without_history_gets_the_usual_time() {
    assertThat(SettleTime.of(SettleHistory.NONE, NOW)).isEqualTo(3_500);
  }

  @Test
  void visits_that_tell_nothing_are_no_history() {
    SettleHistory failed = new SettleHistory(3, YESTERDAY, null, null, null);
    assertThat(SettleTime.of(failed, NOW)).isEqualTo(3_500);
  }

  @Test
  void a_site_that_is_quiet_early_does_not_wait_for_others() {
    assertThat(SettleTime.of(known(3, 0), NOW)).isEqualTo(1_000);
    assertThat(SettleTime.of(known(3, 400), NOW)).isEqualTo(1_000);
    assertThat(SettleTime.of(known(3, 800), NOW)).isEqualTo(1_500);
  }

  @Test
  void a_late_tag_sets_the_time_with_a_margin() {
    assertThat(SettleTime.of(known(3, 3_000), NOW)).isEqualTo(4_250);
    assertThat(SettleTime.of(known(3, 6_000), NOW)).isEqualTo(8_000);
  }

  @Test
  void nothing_is_waited_for_longer_than_the_longest_time() {
    assertThat(SettleTime.of(known(3, 9_900), NOW)).isEqualTo(SettleTime.LONGEST_MS);
  }

  @Test
  void a_time_that_was_too_short_is_raised_by_half() {
    SettleHistory tooShort = new SettleHistory(3, YESTERDAY, 1_100, 2_000, YESTERDAY);
    assertThat(SettleTime.of(tooShort, NOW)).isEqualTo(3_000);
  }

  @Test
  void each_tenth_scan_looks_for_long() {
    SettleHistory due = new SettleHistory(SettleTime.REMEMBERED, YESTERDAY, 300, null, null);
    SettleHistory done = new SettleHistory(SettleTime.REMEMBERED, YESTERDAY, 300, null, YESTERDAY);
    assertThat(SettleTime.of(due, NOW)).isEqualTo(SettleTime.LONGEST_MS);
    assertThat(SettleTime.of(done, NOW)).isEqualTo(1_000);
  }

  @Test
  void a_week_after_the_last_long_look_comes_another() {
    Instant aWeekAgo = NOW.minus(Duration.ofDays(7));
    SettleHistory due = new SettleHistory(4, aWeekAgo, 300, null, aWeekAgo);
    SettleHistory never = new SettleHistory(2, aWeekAgo, 300, null, null);
    assertThat(SettleTime.of(due, NOW)).isEqualTo(SettleTime.LONGEST_MS);
    assertThat(SettleTime.of(never, NOW)).isEqualTo(SettleTime.LONGEST_MS);
  }

  private static SettleHistory known(int scans, @Nullable Integer latestMs) {
    return new SettleHistory(scans, YESTERDAY, latestMs, null, null);
  }
}
