package org.tagwarden.collector.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;
import static org.tagwarden.collector.intake.TestSite.minute;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorization.Keepers;
import org.tagwarden.collector.governance.rules.Authorization.Term;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.governance.rules.Justification;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.collector.intake.TagObservation;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.ScriptBehaviour;

@Tag("database")
class AuthorizationBookTest {
  private static final String KEY = "host:tags.unheard-of.example";
  private static final String URL = "https://tags.unheard-of.example/t.js";
  private static final Decider IDA = new Decider(null, "Ida", Origin.PROGRAM);
  private static final Decider TOM = new Decider(null, "Tom", Origin.PROGRAM);

  private final MovableClock clock = MovableClock.at("2026-03-02T06:00:00Z");
  private TestDatabase db;
  private TestSite site;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    site = TestSite.create(db, clock);
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void keeps_everything_that_was_said_and_every_state_it_ever_had() {
    AuthorizationDraft full =
        new AuthorizationDraft(
            new Scope(site.clientId(), site.id(), Scope.Pages.PAYMENT),
            new Subject(Subject.Kind.URL, "cdn.shared.example/npm/slider@11*/"),
            Verdict.APPROVED,
            Justification.Kind.TECHNICAL,
            "The slider of the shop.",
            new Keepers("ida@shop.example", "tom@shop.example"),
            new Term(LocalDate.of(2026, 12, 31), LocalDate.of(2026, 9, 1)),
            new Envelope(Set.of("*.shared.example"), null, null, null, null, 9_000L, 3, Set.of()));
    Saved saved = await(site.book().save(new AuthorizationOrder(full, 0), IDA));

    Authorization held = await(site.book().find(saved.authorizationIds().get(0)));
    assertThat(AuthorizationDraft.of(held)).isEqualTo(full);
    assertThat(held.version()).isEqualTo(1);
    assertThat(held.approval().by()).isEqualTo("Ida");
    assertThat(held.justification().at()).isEqualTo(clock.instant());

    await(site.book().save(new AuthorizationOrder(full.with(Envelope.OPEN), 1), TOM));
    await(site.book().withdraw(new Withdrawal(held.id(), 2, "The slider is gone."), TOM));

    List<AuthorizationChange> history = await(site.book().history(held.id()));
    assertThat(history)
        .extracting(AuthorizationChange::action)
        .containsExactly(
            AuthorizationChange.Action.WITHDRAWN,
            AuthorizationChange.Action.CHANGED,
            AuthorizationChange.Action.CREATED);
    assertThat(history.get(2).terms()).isEqualTo(AuthorizationJson.write(full, null));
    assertThat(history.get(0).justification()).isEqualTo("The slider is gone.");
    assertThat(await(site.book().ofClient(site.clientId()))).isEmpty();
    assertThat(site.texts("SELECT who || ' ' || action FROM audit_entry ORDER BY id"))
        .containsExactly("Ida decide", "Tom decide", "Tom withdraw authorization");
  }

  @Test
  void the_history_can_only_be_added_to() {
    await(site.book().save(order(Subject.ofTag(KEY), Verdict.APPROVED, null, 0), IDA));

    assertThatThrownBy(() -> site.run("UPDATE authorization_change SET by_name = 'Mallory'"))
        .hasMessageContaining("only ever added to");
    assertThatThrownBy(() -> site.run("DELETE FROM authorization_change"))
        .hasMessageContaining("only ever added to");

    site.run("DELETE FROM client");
    assertThat(site.count("SELECT count(*) FROM authorization_change")).isZero();
  }

  @Test
  void the_second_of_two_who_decide_at_once_is_told_what_the_first_did() {
    List<Future<Saved>> both = new ArrayList<>();
    both.add(site.book().save(order(Subject.ofTag(KEY), Verdict.APPROVED, null, 0), IDA));
    both.add(site.book().save(order(Subject.ofTag(KEY), Verdict.REFUSED, null, 0), TOM));
    await(Future.join(both).otherwiseEmpty());

    assertThat(both).filteredOn(Future::succeeded).hasSize(1);
    Future<Saved> late = both.stream().filter(Future::failed).findFirst().orElseThrow();
    String first =
        both.get(0).succeeded()
            ? "Ida was faster and approved it"
            : "Tom was faster and refused it";
    assertThat(late.cause())
        .isInstanceOfSatisfying(
            Refusal.class, r -> assertThat(r.kind()).isEqualTo(Refusal.Kind.CONFLICT))
        .hasMessageStartingWith(first)
        .hasMessageContaining("2026-03-02 06:00 UTC")
        .hasMessageContaining("needed");
    assertThat(site.count("SELECT count(*) FROM authorization_change")).isEqualTo(1);
  }

  @Test
  void withdrawing_breaks_nothing_and_the_next_judgement_says_so() {
    Saved saved =
        await(site.book().save(order(Subject.ofTag(KEY), Verdict.APPROVED, null, 0), IDA));
    site.take(SampleReports.visit(HOME).script(URL, "soup();"));
    assertThat(open()).doesNotContain("unapproved-script tags.unheard-of.example/t.js");

    int id = saved.authorizationIds().get(0);
    await(site.book().withdraw(new Withdrawal(id, 1, "Contract ended."), IDA));
    site.take(SampleReports.visit(HOME).at(minute(5)).script(URL, "soup();"));
    assertThat(open()).contains("unapproved-script tags.unheard-of.example/t.js");

    assertThatThrownBy(() -> await(site.book().withdraw(new Withdrawal(id, null, "Again."), TOM)))
        .hasMessageStartingWith("Ida was faster and withdrew it");
  }

  @Test
  void an_approval_of_a_vendor_for_all_sites_settles_and_counts_on_each_of_them() {
    site.take(SampleReports.visit(HOME).script(URL, "soup();"));
    assertThat(open()).contains("unapproved-script tags.unheard-of.example/t.js");
    int before = await(site.book().ofSite(site.id())).version();

    AuthorizationDraft everywhere =
        AuthorizationDraft.plain(
            new Scope(site.clientId(), null, Scope.Pages.ALL),
            new Subject(Subject.Kind.VENDOR, "TAGS.unheard-of.example"),
            Verdict.APPROVED,
            "needed");
    Saved saved = await(site.book().save(new AuthorizationOrder(everywhere, 0), IDA));

    assertThat(saved.resolvedFindings()).isEqualTo(1);
    assertThat(await(site.book().ofSite(site.id())).version()).isGreaterThan(before);
    site.take(SampleReports.visit(HOME).at(minute(5)).script(URL, "soup();"));
    assertThat(open()).doesNotContain("unapproved-script tags.unheard-of.example/t.js");
  }

  @Test
  void an_approval_of_one_address_of_a_shared_host_settles_that_one_alone() {
    site.take(
        SampleReports.visit(HOME)
            .script("https://tags.unheard-of.example/a/one.js", "one();")
            .script("https://tags.unheard-of.example/b/two.js", "two();"));

    Subject one = new Subject(Subject.Kind.URL, "tags.unheard-of.example/a/");
    assertThat(
            await(site.book().save(order(one, Verdict.APPROVED, null, 0), IDA)).resolvedFindings())
        .isEqualTo(1);
    assertThat(open())
        .contains("unapproved-script tags.unheard-of.example/b/two.js")
        .doesNotContain("unapproved-script tags.unheard-of.example/a/one.js");
  }

  @Test
  void what_was_approved_as_seen_is_quiet_and_one_new_host_is_one_finding() {
    site.take(quiet(0));
    TagObservation seen = site.seen(KEY);
    assertThat(seen.visits()).isEqualTo(1);
    assertThat(seen.envelope().hosts()).containsExactly("*.unheard-of.example");
    await(site.book().save(order(Subject.ofTag(KEY), Verdict.APPROVED, seen.envelope(), 0), IDA));
    for (int i = 1; i < 6; i++) site.take(quiet(i));
    assertThat(drifts()).isEmpty();

    for (int i = 6; i < 9; i++) {
      site.take(quiet(i).beacon(URL, "https://x.example/e?n=" + i));
    }
    assertThat(drifts())
        .containsExactly(
            "HIGH OPEN tags.unheard-of.example now contacts x.example, which its authorization does"
                + " not allow.");
    assertThat(
            site.texts(
                """
                SELECT c.change FROM finding_change c JOIN finding f ON f.id = c.finding_id
                WHERE f.check_id = 'envelope-drift'
                """))
        .containsExactly("OPENED");

    site.take(
        quiet(9)
            .beacon(URL, "https://x.example/e?n=9")
            .behaviour(ScriptBehaviour.Kind.FIELD_READ, "input name=card", URL, "soup();"));
    assertThat(drifts())
        .hasSize(2)
        .contains(
            "HIGH OPEN tags.unheard-of.example now reads form fields, which its authorization does"
                + " not allow.");
    // What showed once may be rare: it is gone when thirty visits have not shown it.
    for (int i = 10; i < 39; i++) site.take(quiet(i));
    assertThat(drifts()).anyMatch(line -> line.startsWith("HIGH OPEN"));
    site.take(quiet(39));
    assertThat(drifts()).hasSize(2).allMatch(line -> line.startsWith("HIGH RESOLVED"));
  }

  private static SampleVisit quiet(int minute) {
    return SampleReports.visit(HOME)
        .at(minute(minute))
        .script(URL, "soup();")
        .beacon(URL, "https://collect.unheard-of.example/c?n=" + minute);
  }

  @Test
  void an_authorization_counts_to_the_end_of_its_last_day_and_its_renewal_settles_at_once() {
    AuthorizationDraft forTwoDays =
        new AuthorizationDraft(
            Scope.site(site.clientId(), site.id()),
            Subject.ofTag(KEY),
            Verdict.APPROVED,
            null,
            "For the campaign.",
            Keepers.NOBODY,
            new Term(LocalDate.of(2026, 3, 3), null),
            Envelope.OPEN);
    await(site.book().save(new AuthorizationOrder(forTwoDays, 0), IDA));
    site.take(SampleReports.visit(HOME).at(minute(24 * 60)).script(URL, "soup();"));
    assertThat(about()).isEmpty();

    site.take(SampleReports.visit(HOME).at(minute(48 * 60)).script(URL, "soup();"));
    assertThat(about()).containsExactly("authorization-lapsed " + KEY);

    clock.moveTo("2026-03-04T07:00:00Z");
    Saved renewed =
        await(site.book().save(order(Subject.ofTag(KEY), Verdict.APPROVED, null, 1), IDA));
    assertThat(renewed.resolvedFindings()).isEqualTo(1);
    assertThat(about()).isEmpty();
  }

  @Test
  void several_are_decided_at_once_or_none() {
    List<DecisionSubject> tags = List.of(DecisionSubject.tag(KEY), DecisionSubject.tag("hotjar"));
    Saved saved =
        await(
            site.decisions()
                .decide(site.id(), tags, DecisionState.APPROVED, "Autumn review.", IDA));
    assertThat(saved.changeIds()).hasSize(2);
    assertThatThrownBy(
            () -> await(site.decisions().decide(site.id(), tags, DecisionState.REFUSED, "  ", IDA)))
        .isInstanceOf(Refusal.class);
    assertThat(site.texts("SELECT DISTINCT verdict FROM tag_authorization"))
        .containsExactly("APPROVED");
  }

  private AuthorizationOrder order(
      Subject subject, Verdict verdict, @Nullable Envelope envelope, int seen) {
    AuthorizationDraft plain =
        AuthorizationDraft.plain(
            Scope.site(site.clientId(), site.id()), subject, verdict, "needed");
    return new AuthorizationOrder(envelope == null ? plain : plain.with(envelope), seen);
  }

  private List<String> open() {
    return site.texts("SELECT check_id || ' ' || subject FROM finding WHERE state = 'OPEN'");
  }

  private List<String> about() {
    return site.texts(
        """
        SELECT check_id || ' ' || subject FROM finding
        WHERE state = 'OPEN' AND check_id IN ('unapproved-script', 'authorization-lapsed')
        """);
  }

  private List<String> drifts() {
    return site.texts(
        """
        SELECT severity || ' ' || state || ' ' || summary FROM finding
        WHERE check_id = 'envelope-drift' ORDER BY id
        """);
  }
}
