package org.tagwarden.collector.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PackPeriodTest {
  /** Half past eight in Auckland on the first of April is still March in UTC. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-31T19:30:00Z"), ZoneId.of("Pacific/Auckland"));

  @Test
  void days_are_utc_days_and_both_belong_to_it() {
    PackPeriod period = PackPeriod.parse(" 2026-01-01", "2026-03-31 ", CLOCK);
    assertThat(period.since()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(period.until()).isEqualTo("2026-04-01T00:00:00Z");
    assertThat(PackPeriod.parse("2026-03-31", "2026-03-31", CLOCK).from()).isEqualTo("2026-03-31");
  }

  @Test
  void a_period_that_cannot_be_is_refused_in_a_sentence() {
    refused("", "2026-03-31", "A pack needs a first and a last day: write them like 2026-03-31.");
    refused("2026-01-01", "31.3.2026", "\"31.3.2026\" is no day: write it like 2026-03-31.");
    refused("2026-02-30", "2026-03-31", "\"2026-02-30\" is no day: write it like 2026-03-31.");
    refused(
        "2026-03-02",
        "2026-03-01",
        "The period ends on 2026-03-01, before it begins on 2026-03-02.");
    refused(
        "2026-03-01",
        "2026-04-01",
        "The period ends after today, 2026-03-31 (UTC): nothing is known of that yet.");
    refused(
        "2020-01-01", "2026-03-01", "A pack holds at most 1096 days (three years): make several.");
  }

  private static void refused(String from, String to, String sentence) {
    assertThatThrownBy(() -> PackPeriod.parse(from, to, CLOCK)).hasMessage(sentence);
  }
}
