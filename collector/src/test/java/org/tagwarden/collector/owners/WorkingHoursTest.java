package org.tagwarden.collector.owners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tagwarden.collector.Refusal;

class WorkingHoursTest {
  private static final WorkingHours OFFICE =
      new WorkingHours(
          ZoneId.of("Europe/Berlin"),
          EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
          LocalTime.of(9, 0),
          LocalTime.of(17, 0));

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T08:00:00Z,   60, 2026-03-02T09:00:00Z", // a Monday morning
    "2026-03-02T15:30:00Z,   60, 2026-03-03T08:30:00Z", // over the evening
    "2026-03-02T16:00:00Z,    0, 2026-03-03T08:00:00Z", // at closing time nobody looks any more
    "2026-03-06T15:30:00Z,   60, 2026-03-09T08:30:00Z", // over a weekend
    "2026-03-07T10:00:00Z,    0, 2026-03-09T08:00:00Z", // on a Saturday
    "2026-03-02T03:00:00Z,  480, 2026-03-02T16:00:00Z", // a whole day
    "2026-03-02T08:00:00Z, 2400, 2026-03-06T16:00:00Z", // a whole week
    "2026-03-27T15:30:00Z,   60, 2026-03-30T07:30:00Z", // into summer time
  })
  void only_working_time_counts(String from, int minutes, String until) {
    assertThat(OFFICE.after(Instant.parse(from), Duration.ofMinutes(minutes))).isEqualTo(until);
  }

  @Test
  void days_without_an_end_are_refused() {
    LocalTime nine = LocalTime.of(9, 0);
    assertThatThrownBy(() -> new WorkingHours(ZoneId.of("UTC"), Set.of(), nine, nine.plusHours(8)))
        .isInstanceOf(Refusal.class);
    assertThatThrownBy(
            () -> new WorkingHours(ZoneId.of("UTC"), Set.of(DayOfWeek.MONDAY), nine, nine))
        .isInstanceOf(Refusal.class);
  }
}
