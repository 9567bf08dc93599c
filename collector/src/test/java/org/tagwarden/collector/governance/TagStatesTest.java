package org.tagwarden.collector.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.ClientScope;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.SampleReports;

/** What lists say about tags of which only parts were decided about. */
@Tag("database")
class TagStatesTest {
  private static final String HOST = "tags.unheard-of.example";
  private static final String KEY = "host:" + HOST;

  private static TestDatabase db;
  private final MovableClock clock = MovableClock.at("2026-03-02T06:00:00Z");
  private TestSite site;

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
    site.take(
        SampleReports.visit(HOME)
            .visitId(UUID.randomUUID())
            .script("https://" + HOST + "/a/one.js", "one();")
            .script("https://" + HOST + "/a/two.js", "two();")
            .script("https://" + HOST + "/b/three.js", "three();")
            .ga("G-ABCDEF1234"));
  }

  @Test
  void a_tag_of_which_some_addresses_are_approved_is_partly_authorized() {
    assertThat(state().word()).isEqualTo("UNDECIDED");
    decide(Subject.Kind.URL, HOST + "/a/", Verdict.APPROVED, Scope.Pages.ALL);

    assertThat(state()).isEqualTo(new TagState("PARTLY", 2, 3, false));
    assertThat(state().note()).isEqualTo("2 of 3 scripts");
    TagStates listed =
        await(site.book().tagStates(new ClientScope(Set.of(site.clientId())))).of(site.id());
    assertThat(listed.state(HOST, KEY)).isEqualTo(state());
  }

  @Test
  void when_all_of_its_scripts_are_approved_it_is_approved() {
    decide(Subject.Kind.URL, HOST + "/a/", Verdict.APPROVED, Scope.Pages.ALL);
    decide(
        Subject.Kind.SCRIPT,
        SampleReports.hex("SHA-256", "three();"),
        Verdict.APPROVED,
        Scope.Pages.ALL);

    assertThat(state().word()).isEqualTo("APPROVED");
    assertThat(state().note()).isEmpty();
  }

  @Test
  void one_refused_script_of_an_approved_tag_shows() {
    decide(Subject.Kind.HOST, HOST, Verdict.APPROVED, Scope.Pages.ALL);
    assertThat(state().word()).isEqualTo("APPROVED");
    decide(Subject.Kind.URL, HOST + "/b/three.js", Verdict.REFUSED, Scope.Pages.ALL);

    assertThat(state()).isEqualTo(new TagState("PARTLY", 2, 3, false));
  }

  @Test
  void a_tag_that_is_approved_where_people_pay_says_so() {
    decide(Subject.Kind.HOST, HOST, Verdict.APPROVED, Scope.Pages.PAYMENT);

    assertThat(state().word()).isEqualTo("PARTLY");
    assertThat(state().note()).isEqualTo("on payment pages");
  }

  @Test
  void a_known_tag_is_approved_by_the_host_of_its_only_script() {
    decide(Subject.Kind.HOST, "www.googletagmanager.com", Verdict.APPROVED, Scope.Pages.ALL);

    TagStates states = await(site.book().tagStates(site.id()));
    assertThat(states.of("Google", "google-analytics")).isEqualTo("UNDECIDED");
    assertThat(states.state("Google", "google-analytics").word()).isEqualTo("APPROVED");
    assertThat(states.state(HOST, KEY).word()).isEqualTo("UNDECIDED");
  }

  private TagState state() {
    return await(site.book().tagStates(site.id())).state(HOST, KEY);
  }

  private void decide(Subject.Kind kind, String subject, Verdict verdict, Scope.Pages pages) {
    AuthorizationDraft draft =
        AuthorizationDraft.plain(
            new Scope(site.clientId(), site.id(), pages),
            new Subject(kind, subject),
            verdict,
            "needed");
    await(
        site.book()
            .save(new AuthorizationOrder(draft, 0), new Decider(null, "Ida", Origin.PROGRAM)));
  }
}
