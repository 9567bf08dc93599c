package org.tagwarden.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.alerts.Dispatch.Letter;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.owners.Duty;
import org.tagwarden.collector.owners.EscalationPath;
import org.tagwarden.collector.owners.EscalationStep;
import org.tagwarden.collector.owners.EscalationStep.Office;
import org.tagwarden.collector.owners.Ownership;
import org.tagwarden.collector.owners.Rank;
import org.tagwarden.collector.owners.Responsibility;
import org.tagwarden.collector.owners.WorkingHours;

/** Who is told what and when: rules, digests, quiet hours, silence, paths. No I/O. */
class DispatchTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant MONDAY_NOON = Instant.parse("2026-03-02T11:00:00Z");
  private static final Instant MONDAY_NIGHT = Instant.parse("2026-03-02T22:30:00Z");
  private static final String IT = "it@shop.example";
  private static final String ADA = "ada@shop.example";
  private static final String BOB = "bob@shop.example";
  private static final Destination HOOK =
      new Destination(5, 1, "SIEM", "webhook", "https://siem.example/", null);

  @Test
  void without_rules_the_sites_people_hear_at_once_of_unapproved_and_harmful_scripts_alone() {
    List<News> news =
        List.of(
            news(1, Severity.HIGH, ChangeKind.OPENED, "unapproved-script"),
            news(2, Severity.CRITICAL, ChangeKind.OPENED, "cookie-flags"),
            news(3, Severity.HIGH, ChangeKind.RESOLVED, "unapproved-script"),
            news(4, Severity.HIGH, ChangeKind.REOPENED, "unapproved-script"),
            news(5, Severity.HIGH, ChangeKind.WORSENED, "unapproved-script"),
            news(6, Severity.CRITICAL, ChangeKind.WORSENED, "unapproved-script"),
            news(7, Severity.CRITICAL, ChangeKind.OPENED, "compromised-host"),
            news(8, Severity.HIGH, ChangeKind.OPENED, "envelope-drift"));

    assertThat(letters(news, standard()))
        .containsExactly(
            new Letter(AlertKind.NOW, "email", IT, null, MONDAY_NOON, 1),
            new Letter(AlertKind.NOW, "email", IT, null, MONDAY_NOON, 4),
            new Letter(AlertKind.NOW, "email", IT, null, MONDAY_NOON, 6),
            new Letter(AlertKind.NOW, "email", IT, null, MONDAY_NOON, 7));
  }

  @Test
  void a_rule_picks_by_severity_check_and_kind_of_change() {
    AlertRule rule =
        rule(Severity.HIGH, Set.of("a"), Set.of(ChangeKind.WORSENED), HOOK, now(), null);

    assertThat(
            letters(
                List.of(
                    news(1, Severity.HIGH, ChangeKind.WORSENED, "a"),
                    news(2, Severity.MEDIUM, ChangeKind.WORSENED, "a"),
                    news(3, Severity.HIGH, ChangeKind.OPENED, "a"),
                    news(4, Severity.HIGH, ChangeKind.WORSENED, "b")),
                rule))
        .containsExactly(new Letter(AlertKind.NOW, "webhook", "SIEM", 5, MONDAY_NOON, 1));
  }

  @Test
  void two_rules_that_pick_the_same_send_one_message_and_the_earlier_one() {
    AlertRule daily = rule(Severity.LOW, Set.of(), bad(), null, digest(AlertKind.DAILY), null);
    AlertRule atOnce = rule(Severity.HIGH, Set.of(), bad(), null, now(), null);
    List<News> news = List.of(news(1, Severity.HIGH, ChangeKind.OPENED, "a"));

    assertThat(letters(news, daily, atOnce))
        .containsExactly(new Letter(AlertKind.NOW, "email", IT, null, MONDAY_NOON, 1));
  }

  @Test
  void digests_wait_for_their_time_in_their_zone() {
    Rhythm daily = digest(AlertKind.DAILY);
    Rhythm weekly = digest(AlertKind.WEEKLY);

    assertThat(daily.due(MONDAY_NOON)).isEqualTo("2026-03-03T07:00:00Z");
    assertThat(daily.due(Instant.parse("2026-03-02T06:59:00Z"))).isEqualTo("2026-03-02T07:00:00Z");
    assertThat(daily.due(Instant.parse("2026-03-28T12:00:00Z")))
        .as("in summer time")
        .isEqualTo("2026-03-29T06:00:00Z");
    assertThat(weekly.due(MONDAY_NOON)).isEqualTo("2026-03-06T07:00:00Z");
    assertThat(weekly.due(Instant.parse("2026-03-06T07:00:00Z")))
        .as("the digest of this moment is gone")
        .isEqualTo("2026-03-13T07:00:00Z");
  }

  @Test
  void a_time_that_a_day_does_not_have_moves_on_that_day_only_and_none_comes_twice() {
    Rhythm daily = new Rhythm(AlertKind.DAILY, DayOfWeek.MONDAY, LocalTime.of(2, 30), BERLIN);
    QuietHours quiet = new QuietHours(LocalTime.of(22, 0), LocalTime.of(2, 30), BERLIN);

    // On 29 March clocks go from 2:00 to 3:00, on 25 October from 3:00 back to 2:00.
    assertThat(daily.due(Instant.parse("2026-03-28T12:00:00Z"))).isEqualTo("2026-03-29T01:30:00Z");
    assertThat(daily.due(Instant.parse("2026-03-29T12:00:00Z"))).isEqualTo("2026-03-30T00:30:00Z");
    assertThat(quiet.end(Instant.parse("2026-03-29T21:00:00Z"))).isEqualTo("2026-03-30T00:30:00Z");
    assertThat(daily.due(Instant.parse("2026-10-24T12:00:00Z"))).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(daily.due(Instant.parse("2026-10-25T01:10:00Z")))
        .as("2:10 for the second time: today's is gone")
        .isEqualTo("2026-10-26T01:30:00Z");
  }

  @Test
  void quiet_hours_hold_back_all_but_what_is_critical() {
    QuietHours quiet = new QuietHours(LocalTime.of(20, 0), LocalTime.of(7, 0), BERLIN);
    AlertRule rule = rule(Severity.LOW, Set.of(), bad(), null, now(), quiet);
    News high = news(1, Severity.HIGH, ChangeKind.OPENED, "a");
    News critical = news(2, Severity.CRITICAL, ChangeKind.OPENED, "a");

    assertThat(rule.due(high, MONDAY_NIGHT)).isEqualTo("2026-03-03T06:00:00Z");
    assertThat(rule.due(critical, MONDAY_NIGHT)).isEqualTo(MONDAY_NIGHT);
    assertThat(rule.due(high, MONDAY_NOON)).isEqualTo(MONDAY_NOON);
    assertThat(rule.due(high, Instant.parse("2026-03-03T05:59:00Z")))
        .isEqualTo("2026-03-03T06:00:00Z");
    assertThat(rule.due(high, Instant.parse("2026-03-03T06:00:00Z")))
        .isEqualTo("2026-03-03T06:00:00Z");
  }

  @Test
  void muted_findings_are_silent_and_whoever_unsubscribed_gets_no_mail() {
    News muted = new News(1, 1, "unapproved-script", Severity.HIGH, ChangeKind.OPENED, "", true);
    assertThat(letters(List.of(muted), standard())).isEmpty();

    Audience left = new Audience(List.of("IT@shop.example"), Set.of(IT), nobody());
    News open = news(1, Severity.HIGH, ChangeKind.OPENED, "unapproved-script");
    assertThat(
            Dispatch.of(List.of(open), AlertRule.STANDARD, left, new Told(), MONDAY_NOON).letters())
        .isEmpty();
  }

  @Test
  void people_hear_of_the_same_finding_once_a_month_unless_it_gets_worse() {
    Told told = new Told().add(1, "email", IT, true, MONDAY_NOON.minus(Duration.ofDays(29)));

    assertThat(isNew(told, news(1, Severity.HIGH, ChangeKind.REOPENED, "a"))).isFalse();
    assertThat(isNew(told, news(1, Severity.HIGH, ChangeKind.WORSENED, "a"))).isTrue();
    assertThat(isNew(told, news(1, Severity.CRITICAL, ChangeKind.REOPENED, "a")))
        .as("what is critical may have come back for good")
        .isTrue();
    assertThat(isNew(told, news(2, Severity.HIGH, ChangeKind.REOPENED, "a"))).isTrue();
  }

  @Test
  void only_who_heard_the_bad_news_hears_the_good_and_once() {
    News resolved = news(1, Severity.HIGH, ChangeKind.RESOLVED, "a");
    Instant before = MONDAY_NOON.minus(Duration.ofHours(2));

    assertThat(isNew(new Told(), resolved)).isFalse();
    Told told = new Told().add(1, "email", IT, true, before);
    assertThat(isNew(told, resolved)).isTrue();
    told.add(1, "email", IT, false, before.plusSeconds(60));
    assertThat(isNew(told, resolved)).isFalse();
  }

  @Test
  void the_owner_of_the_tag_is_told_before_the_owner_of_the_site() {
    AlertRule rule =
        new AlertRule(
            1, null, Severity.LOW, Set.of(), bad(), AlertRule.Tell.OWNER, null, now(), null);
    Responsibility owners =
        new Responsibility(
            List.of(
                owner("", Duty.IT, Rank.OWNER, ADA),
                owner("hotjar", Duty.BUSINESS, Rank.OWNER, BOB)),
            null);
    Audience audience = new Audience(List.of(IT), Set.of(), owners);

    assertThat(recipients(audience, "hotjar", rule)).containsExactly(BOB);
    assertThat(recipients(audience, "other", rule)).containsExactly(ADA);
    assertThat(recipients(new Audience(List.of(IT), Set.of(), nobody()), "other", rule))
        .as("nobody answers for it: the site's people are asked")
        .containsExactly(IT);
  }

  @Test
  void a_path_tells_its_first_and_lays_down_when_the_next_is_told() {
    Audience audience = new Audience(List.of(IT), Set.of(), onPath());
    News news = news(1, Severity.HIGH, ChangeKind.OPENED, "unapproved-script");

    Dispatch day =
        Dispatch.of(List.of(news), AlertRule.STANDARD, audience, new Told(), MONDAY_NOON);
    assertThat(day.letters()).extracting(Letter::recipient).containsExactly(IT, ADA);
    assertThat(day.escalations())
        .containsExactly(
            new Dispatch.Escalation(1, 1, 0, MONDAY_NOON.plus(Duration.ofMinutes(120))));

    Dispatch night =
        Dispatch.of(List.of(news), AlertRule.STANDARD, audience, new Told(), MONDAY_NIGHT);
    assertThat(night.letters().get(1).notBefore())
        .as("at the beginning of the working day")
        .isEqualTo("2026-03-03T08:00:00Z");
    assertThat(night.escalations().get(0).nextAt()).isEqualTo("2026-03-03T10:00:00Z");
  }

  @Test
  void what_is_critical_skips_steps_and_knows_no_closing_time() {
    Audience audience = new Audience(List.of(IT), Set.of(), onPath());
    News news = news(1, Severity.CRITICAL, ChangeKind.OPENED, "unapproved-script");

    Dispatch dispatch =
        Dispatch.of(List.of(news), AlertRule.STANDARD, audience, new Told(), MONDAY_NIGHT);

    assertThat(dispatch.letters()).extracting(Letter::recipient).containsExactly(IT, ADA);
    assertThat(dispatch.escalations())
        .as("the deputy is passed over without waiting for them")
        .containsExactly(
            new Dispatch.Escalation(1, 1, 0, MONDAY_NIGHT.plus(Duration.ofMinutes(60))));
  }

  private static Responsibility onPath() {
    WorkingHours hours =
        new WorkingHours(
            BERLIN,
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            LocalTime.of(9, 0),
            LocalTime.of(17, 0));
    EscalationPath path =
        new EscalationPath(
            1,
            null,
            hours,
            Severity.CRITICAL,
            List.of(
                new EscalationStep(Office.IT_OWNER, "", 0, null),
                new EscalationStep(Office.IT_DEPUTY, "", 120, Severity.CRITICAL),
                new EscalationStep(null, "boss@shop.example", 60, null)));
    return new Responsibility(
        List.of(owner("", Duty.IT, Rank.OWNER, ADA), owner("", Duty.IT, Rank.DEPUTY, BOB)), path);
  }

  private static Ownership owner(String tagKey, Duty duty, Rank rank, String email) {
    return new Ownership(1, 1, tagKey, duty, rank, email, email, LocalDate.of(2027, 1, 1));
  }

  private static Responsibility nobody() {
    return new Responsibility(List.of(), null);
  }

  private static List<String> recipients(Audience audience, String tagKey, AlertRule rule) {
    News news = new News(1, 1, "a", Severity.HIGH, ChangeKind.OPENED, tagKey, false);
    return Dispatch.of(List.of(news), List.of(rule), audience, new Told(), MONDAY_NOON)
        .letters()
        .stream()
        .map(Letter::recipient)
        .toList();
  }

  private static List<Letter> letters(List<News> news, AlertRule... rules) {
    Audience audience = new Audience(List.of(IT), Set.of(), nobody());
    return Dispatch.of(news, List.of(rules), audience, new Told(), MONDAY_NOON).letters();
  }

  private static boolean isNew(Told told, News news) {
    return told.isNewTo(news, "email", IT, MONDAY_NOON);
  }

  private static News news(int id, Severity severity, ChangeKind kind, String check) {
    return new News(id, id, check, severity, kind, "", false);
  }

  private static AlertRule[] standard() {
    return AlertRule.STANDARD.toArray(AlertRule[]::new);
  }

  private static Set<ChangeKind> bad() {
    return Set.of(ChangeKind.OPENED, ChangeKind.WORSENED);
  }

  private static Rhythm now() {
    return new Rhythm(AlertKind.NOW, DayOfWeek.MONDAY, LocalTime.of(8, 0), BERLIN);
  }

  private static Rhythm digest(AlertKind kind) {
    return new Rhythm(kind, DayOfWeek.FRIDAY, LocalTime.of(8, 0), BERLIN);
  }

  private static AlertRule rule(
      Severity least,
      Set<String> checks,
      Set<ChangeKind> changes,
      @Nullable Destination destination,
      Rhythm rhythm,
      @Nullable QuietHours quiet) {
    AlertRule.Tell tell = destination == null ? AlertRule.Tell.SITE : AlertRule.Tell.DESTINATION;
    return new AlertRule(1, null, least, checks, changes, tell, destination, rhythm, quiet);
  }
}
