package org.tagwarden.collector.owners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.collector.site.Sites;

/** Owners who cannot be relied on are findings of their own. */
@Tag("database")
class OrphanWatchTest {
  private static TestDatabase db;

  private final MovableClock clock = MovableClock.at("2026-03-02T06:00:00Z");
  private final List<ChangeKind> announced = new ArrayList<>();
  private final OrphanWatch watch =
      new OrphanWatch(
          db.vertx(),
          db.database(),
          (tx, siteId, changes, now) -> {
            if (siteId == this.site.id()) changes.forEach(change -> announced.add(change.kind()));
            return Future.succeededFuture();
          },
          clock);
  private TestSite site;
  private Principal tom;
  private Owners owners;

  @BeforeAll
  static void open() {
    db = TestDatabase.fresh();
  }

  @AfterAll
  static void close() {
    db.close();
  }

  @BeforeEach
  void start() {
    site = TestSite.create(db, clock);
    int clientId =
        site.run("SELECT client_id FROM site WHERE id = $1", site.id()).get(0).getInteger(0);
    tom = new Principal(null, "Tom", null, Map.of(clientId, Role.APPROVER));
    AuditLog audit = new AuditLog(clock);
    owners = new Owners(db.database(), new Sites(db.database(), audit, clock), audit, watch, clock);
  }

  @Test
  void an_owner_who_leaves_is_one_finding_until_somebody_else_is_named() {
    name("ada@shop.example");
    assertThat(findings()).isEmpty();

    site.run(
        "INSERT INTO person (email, name, created_at, disabled_at) VALUES ('ADA@shop.example', 'Ada', now(), now())");
    await(watch.look());
    await(watch.look());
    assertThat(findings()).containsExactly("owner-left OPEN: IT owner of the site");

    name("bob@shop.example");
    assertThat(findings()).containsExactly("owner-left RESOLVED: IT owner of the site");
    assertThat(announced).containsExactly(ChangeKind.OPENED, ChangeKind.RESOLVED);
  }

  @Test
  void an_address_that_bounces_and_a_review_that_is_overdue_are_findings_and_the_graver_counts() {
    name("old@shop.example");
    clock.advance(Duration.ofDays(366));
    await(watch.look());
    assertThat(findings()).containsExactly("owner-review-overdue OPEN: IT owner of the site");

    site.run(
        "INSERT INTO mail_bounce (email, at, reason) VALUES ('old@shop.example', now(), '550')");
    await(watch.look());
    assertThat(findings())
        .containsExactly(
            "owner-review-overdue RESOLVED: IT owner of the site",
            "owner-unreachable OPEN: IT owner of the site");

    site.run("DELETE FROM mail_bounce");
    name("old@shop.example");
    assertThat(findings()).allMatch(line -> line.contains("RESOLVED"));
  }

  @Test
  void a_site_that_nobody_owns_is_one_finding_until_an_owner_is_named() {
    await(watch.look());
    await(watch.look());
    assertThat(findings()).containsExactly("site-without-owner OPEN: owner of the site");
    assertThat(announced).containsExactly(ChangeKind.OPENED);

    assign("", Rank.DEPUTY, "eve@shop.example");
    assign("hotjar", Rank.OWNER, "eve@shop.example");
    assertThat(findings()).containsExactly("site-without-owner OPEN: owner of the site");
    name("ada@shop.example");
    assertThat(findings()).containsExactly("site-without-owner RESOLVED: owner of the site");

    site.run("DELETE FROM ownership WHERE site_id = $1", site.id());
    site.run("UPDATE site SET archived_at = now() WHERE id = $1", site.id());
    await(watch.look(site.id()));
    assertThat(findings())
        .as("of an archived site nobody asks")
        .allMatch(is -> !is.contains("OPEN"));
  }

  @Test
  void an_alert_address_and_an_escalation_contact_that_bounce_are_findings() {
    name("ann@shop.example");
    site.run("UPDATE site SET alert_emails = '{Team@shop.example}' WHERE id = $1", site.id());
    site.run(
        "INSERT INTO escalation_path (client_id, time_zone, work_days, work_from, work_until, steps)"
            + " SELECT client_id, 'UTC', '{1}', '08:00', '18:00',"
            + " '[{\"contact\": \"boss@shop.example\", \"waitMinutes\": 0}]' FROM site WHERE id = $1",
        site.id());
    site.run(
        "INSERT INTO mail_bounce (email, at, reason) VALUES ('team@shop.example', now(), '550'),"
            + " ('boss@shop.example', now(), '550')");
    await(watch.look(site.id()));

    assertThat(findings())
        .containsExactlyInAnyOrder(
            "owner-unreachable OPEN: alert address team@shop.example",
            "owner-unreachable OPEN: address on the escalation path boss@shop.example");
    site.run("DELETE FROM mail_bounce");
    await(watch.look(site.id()));
    assertThat(findings()).allMatch(is -> is.contains("RESOLVED"));
  }

  @Test
  void whoever_left_is_asked_no_more_but_the_tags_own_owner_is() {
    name("gone@shop.example");
    await(
        owners.assign(
            tom,
            site.id(),
            new OwnerDraft(
                "hotjar",
                Duty.BUSINESS,
                Rank.OWNER,
                "Mia",
                "mia@shop.example",
                LocalDate.of(2026, 12, 1),
                6),
            null));
    site.run(
        "INSERT INTO person (email, name, created_at, disabled_at) VALUES ('gone@shop.example', 'G', now(), now())");

    Responsibility now = await(Responsibility.of(db.database().pool(), site.id()));
    assertThat(now.line("").first()).isNull();
    assertThat(now.line("hotjar").first()).extracting(Ownership::name).isEqualTo("Mia");
    assertThat(site.texts("SELECT action FROM audit_entry WHERE who = 'Tom'"))
        .contains("name owner");
  }

  @Test
  void what_people_type_is_checked_and_viewers_name_nobody() {
    assertThatThrownBy(() -> name("nobody")).hasMessageContaining("no e-mail address");
    assertThatThrownBy(
            () ->
                await(
                    owners.assign(
                        tom,
                        site.id(),
                        new OwnerDraft(
                            "",
                            Duty.IT,
                            Rank.OWNER,
                            "Ada",
                            "ada@shop.example",
                            LocalDate.of(2026, 3, 2),
                            12),
                        null)))
        .hasMessageContaining("Choose a day");
    Principal viewer = new Principal(null, "Mia", null, Map.of());
    assertThatThrownBy(() -> await(owners.of(viewer, site.id()))).isInstanceOf(Refusal.class);
  }

  private void name(String email) {
    assign("", Rank.OWNER, email);
  }

  private void assign(String tag, Rank rank, String email) {
    LocalDate inAYear = clock.instant().atZone(clock.getZone()).toLocalDate().plusDays(365);
    OwnerDraft draft = new OwnerDraft(tag, Duty.IT, rank, "Ada", email, inAYear, 12);
    await(owners.assign(tom, site.id(), draft, null));
  }

  private List<String> findings() {
    return site.texts(
        "SELECT check_id || ' ' || state || ': ' || subject FROM finding WHERE site_id = $1 ORDER BY check_id",
        site.id());
  }
}
