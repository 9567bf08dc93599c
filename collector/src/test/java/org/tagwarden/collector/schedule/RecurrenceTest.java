package org.tagwarden.collector.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tagwarden.collector.Refusal;

class RecurrenceTest {
  private static final String BERLIN = "Europe/Berlin";

  @Test
  void every_weekday_at_six_means_six_on_the_clock_there_winter_and_summer() {
    assertThat(runs("0 6 * * 1-5", "2026-03-27T00:00:00Z", 3))
        .containsExactly("2026-03-27T05:00:00Z", "2026-03-30T04:00:00Z", "2026-03-31T04:00:00Z");
  }

  @Test
  void a_time_that_the_change_to_summer_time_leaves_out_runs_an_hour_later() {
    assertThat(runs("30 2 * * *", "2026-03-28T00:00:00Z", 3))
        .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void a_time_that_comes_twice_in_autumn_runs_once() {
    assertThat(runs("30 2 * * *", "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
  }

  @Test
  void every_half_hour_stays_every_half_hour_through_both_changes() {
    for (String change : List.of("2026-03-28T23:00:00Z", "2026-10-24T23:00:00Z")) {
      List<String> runs = runs("*/30 * * * *", change, 10);
      for (int i = 0; i < runs.size(); i++) {
        assertThat(runs.get(i))
            .isEqualTo(Instant.parse(change).plusSeconds(1800L * (i + 1)).toString());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "daily", "* * *", "61 * * * *", "0 6 * * mo", "0 0 6 * * *"})
  void what_is_no_cron_expression_is_refused_with_an_example(String cron) {
    assertThatThrownBy(() -> Recurrence.parse(cron, BERLIN, Instant.EPOCH))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("0 6 * * 1-5");
  }

  @Test
  void a_day_that_never_comes_and_a_place_that_is_none_are_refused() {
    assertThatThrownBy(() -> Recurrence.parse("0 0 31 2 *", BERLIN, Instant.EPOCH))
        .hasMessageContaining("never comes true");
    assertThatThrownBy(() -> Recurrence.parse("0 6 * * *", "Berlin", Instant.EPOCH))
        .hasMessageContaining("\"Europe/Berlin\"");
  }

  @Test
  void a_run_in_a_blackout_waits_for_its_end_also_over_midnight() {
    Blackout night =
        new Blackout(LocalTime.of(22, 0), LocalTime.of(5, 0), Set.of(DayOfWeek.MONDAY));
    ScheduleDraft draft = new ScheduleDraft("0 * * * *", "UTC", 0, List.of(night), true);

    assertThat(draft.nextRun(Instant.parse("2026-03-02T20:30:00Z"), 1))
        .isEqualTo("2026-03-02T21:00:00Z");
    assertThat(draft.nextRun(Instant.parse("2026-03-02T21:00:00Z"), 1))
        .isEqualTo("2026-03-03T05:00:00Z");
    assertThat(draft.nextRun(Instant.parse("2026-03-03T21:00:00Z"), 1))
        .isEqualTo("2026-03-03T22:00:00Z");
  }

  @Test
  void jitter_moves_every_run_of_a_schedule_by_the_same_and_loses_none() {
    ScheduleDraft draft = new ScheduleDraft("*/5 * * * *", "UTC", 3_600, List.of(), true);
    Instant first = draft.nextRun(Instant.parse("2026-03-02T00:00:00Z"), 42);
    Instant second = draft.nextRun(first, 42);

    assertThat(second).isEqualTo(first.plusSeconds(300));
    assertThat(draft.nextRun(Instant.parse("2026-03-02T00:00:00Z"), 43)).isNotEqualTo(first);
  }

  private static List<String> runs(String cron, String from, int count) {
    Instant time = Instant.parse(from);
    Recurrence recurrence = Recurrence.parse(cron, BERLIN, time);
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      time = recurrence.after(time);
      runs.add(time.toString());
    }
    return runs;
  }
}
