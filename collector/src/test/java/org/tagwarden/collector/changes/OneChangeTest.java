package org.tagwarden.collector.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;
import static org.tagwarden.collector.intake.TestSite.HOME;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.AuthorizationOrder;
import org.tagwarden.collector.governance.Decider;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Behaviour;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.Failure.Code;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.ScriptBehaviour;

/**
 * One real change is one finding and one message, whatever else sees it: the pairs that
 * docs/checks.md lists.
 */
@Tag("database")
class OneChangeTest {
  private static final String APP = "/assets/app.js";
  private static final String CHAT = "https://widget.intercom.io/widget/abc123";
  private static final String CHAT_SUBJECT = "widget.intercom.io/widget/abc123";
  private static final String DROP = "https://drop.skimmer.example/p?d=1";
  private static final String CONTACT =
      "script-contact CRITICAL " + CHAT_SUBJECT + " → drop.skimmer.example";
  private static final String CARD = "input card-number type=text autocomplete=cc-number";

  private static TestDatabase db;
  private MovableClock clock;
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
    clock = MovableClock.at("2026-03-02T06:05:00Z");
    site = TestSite.create(db, clock, "it@shop.example");
  }

  @Test
  void data_sent_to_a_stranger_against_an_authorization_names_the_property_and_is_one_message() {
    limit(envelope(Set.of("*.intercom.io"), null));
    learn();
    assertThat(news(v -> v.beacon(CHAT, DROP))).containsExactly(CONTACT);
    assertThat(
            site.texts(
                "SELECT summary FROM finding WHERE site_id = $1 AND check_id = 'script-contact'",
                site.id()))
        .singleElement()
        .asString()
        .contains("sends data to drop.skimmer.example")
        .contains("now contacts drop.skimmer.example, which its authorization does not allow.");
    assertThat(news(v -> v.beacon(CHAT, DROP), 3)).isEmpty();
    assertThat(messages()).isOne();
  }

  @Test
  void whoever_accepts_the_contact_is_not_told_of_the_drift_afterwards() {
    limit(envelope(Set.of("*.intercom.io"), null));
    learn();
    news(v -> v.beacon(CHAT, DROP));
    int finding =
        (int)
            site.count(
                "SELECT id FROM finding WHERE site_id = $1 AND check_id = 'script-contact'",
                site.id());
    ChangeBook book =
        new ChangeBook(db.vertx(), db.database(), new FindingLedger(), new AuditLog(clock), clock);
    Principal ida = new Principal(null, "Ida", Role.APPROVER, Map.of());
    await(book.accept(ida, site.id(), finding, "The new region."));

    assertThat(news(v -> v.beacon(CHAT, DROP), 3)).isEmpty();
    String other = "https://other.stranger.example/p.webp";
    assertThat(news(v -> v.beacon(CHAT, DROP).pixel(CHAT, other)))
        .containsExactly("envelope-drift HIGH intercom hosts");
  }

  @Test
  void a_contact_that_sends_nothing_is_told_as_the_drift() {
    limit(envelope(Set.of("*.intercom.io"), null));
    learn();
    assertThat(news(v -> v.pixel(CHAT, "https://img.stranger.example/p.webp"), 3))
        .containsExactly("envelope-drift HIGH intercom hosts");
  }

  @Test
  void what_a_limited_tag_brings_is_told_once() {
    Envelope alone = new Envelope(null, Set.of(), null, null, null, null, null, null);
    limit(alone);
    learn();
    assertThat(news(v -> v.pixel(CHAT, "https://www.facebook.com/tr?id=1"), 2))
        .singleElement()
        .asString()
        .startsWith("script-contact CRITICAL ");
  }

  @Test
  void a_new_script_that_nobody_approved_speaks_for_all_that_it_does() {
    String tag = "https://tags.stranger.example/t.js";
    learn();
    UnaryOperator<SampleVisit> change =
        v ->
            v.script(tag, "steal();")
                .script("https://tags.stranger.example/u.js", "more();")
                .behaviour(ScriptBehaviour.Kind.FIELD_READ, CARD, tag, "steal")
                .beacon(tag, "https://drop.other.example/c?d=1")
                .cookie("id", "tags.stranger.example", null);
    assertThat(news(change, 3))
        .containsExactly("unapproved-script CRITICAL tags.stranger.example/t.js");
    assertThat(messages()).isOne();
  }

  @Test
  void what_was_told_with_a_new_tag_is_a_finding_of_its_own_once_it_is_approved() {
    String tag = "https://tags.stranger.example/t.js";
    learn();
    UnaryOperator<SampleVisit> change =
        v ->
            v.script(tag, "steal();")
                .behaviour(ScriptBehaviour.Kind.FIELD_READ, CARD, tag, "steal");
    news(change, 2);
    site.decide(DecisionSubject.tag("host:tags.stranger.example"), DecisionState.APPROVED);
    assertThat(news(change, 2))
        .containsExactly("sensitive-field-read HIGH tags.stranger.example/t.js");
  }

  @Test
  void a_frame_of_a_known_vendor_whose_script_nobody_approved_is_that_script() {
    String own = "https://w.partner.example/a.js";
    for (int i = 0; i <= ChangeWatch.LEARNING_VISITS; i++) site.take(page().script(own, "a();"));
    assertThat(
            bare(
                v ->
                    v.script(own, "a();")
                        .iframe(null, "https://w.partner.example/f.html")
                        .piggyback(own, "https://w.partner.example/b.js", "b();")))
        .containsExactly("unapproved-script HIGH w.partner.example/b.js");
  }

  @Test
  void a_new_inline_snippet_that_loads_a_tag_is_that_tag() {
    learn();
    String tag = "https://t.new-vendor.example/x.js";
    assertThat(news(v -> v.inline("load('" + tag + "');").piggyback(HOME, tag, "x();"), 2))
        .containsExactly("unapproved-script HIGH t.new-vendor.example/x.js");
  }

  @Test
  void a_container_that_brings_a_tag_is_that_tag() {
    site.decide(DecisionSubject.tag("google-tag-manager"), DecisionState.APPROVED);
    for (int i = 0; i <= ChangeWatch.LEARNING_VISITS; i++) site.take(page().gtm("GTM-AB12CD3"));
    String gtm = "https://www.googletagmanager.com/gtm.js?id=GTM-AB12CD3";
    String tag = "https://t.new-vendor.example/x.js";
    assertThat(bare(v -> v.gtm("GTM-AB12CD3", "8").piggyback(gtm, tag, "x();")))
        .containsExactly("unapproved-script HIGH t.new-vendor.example/x.js");
    assertThat(bare(v -> v.gtm("GTM-AB12CD3", "9").piggyback(gtm, tag, "x();")))
        .containsExactly("container-published LOW google-tag-manager GTM-AB12CD3");
  }

  @Test
  void a_container_that_was_published_says_which_hosts_came_into_its_text_and_which_went() {
    site.decide(DecisionSubject.tag("google-tag-manager"), DecisionState.APPROVED);
    for (int i = 0; i <= ChangeWatch.LEARNING_VISITS; i++)
      site.take(container(page(), "7", "cdn.old-vendor.com"));

    assertThat(bare(v -> container(v, "8", "static.new-vendor.com")))
        .containsExactly("container-published LOW google-tag-manager GTM-AB12CD3");
    assertThat(
            site.texts(
                "SELECT evidence::text FROM finding WHERE site_id = $1 AND check_id = 'container-published'",
                site.id()))
        .singleElement()
        .asString()
        .contains("Version before: 7", "Version now: 8")
        .contains("It names newly: static.new-vendor.com")
        .contains("It names no more: cdn.old-vendor.com");
  }

  private static SampleVisit container(SampleVisit visit, String version, String host) {
    String gtm = "https://www.googletagmanager.com/gtm.js?id=GTM-AB12CD3";
    String body =
        "var data = {\"resource\": {\n  \"version\":\"%s\",\"macros\":[]}};load('https://%s/t.js');";
    return visit.script(gtm, body.formatted(version, host));
  }

  @Test
  void a_tag_that_waits_for_no_answer_is_one_finding_however_visitors_answer() {
    String ads = "https://connect.facebook.net/en_US/fbevents.js";
    site.decide(DecisionSubject.tag("meta-pixel"), DecisionState.APPROVED);
    ConsentChoice made = new ConsentChoice("Cookiebot", "autoconsent", 2_000);
    UnaryOperator<SampleVisit> yes = v -> v.script(ads, "fb();").choice(ConsentState.ACCEPT, made);
    UnaryOperator<SampleVisit> no =
        v -> v.script(ads, "fb();").choice(ConsentState.REJECT, made).beacon(ads, ads + "?e=1");

    site.take(page());

    assertThat(bare(yes)).singleElement().asString().startsWith("tag-before-choice LOW ");
    assertThat(bare(no)).singleElement().asString().startsWith("tag-before-choice MEDIUM ");
    assertThat(bare(yes)).isEmpty();
    assertThat(bare(no)).isEmpty();
    assertThat(
            site.texts(
                "SELECT summary FROM finding WHERE site_id = $1 AND check_id = 'tag-before-choice'",
                site.id()))
        .singleElement()
        .asString()
        .contains("before the visitor has answered", "after the visitor has rejected");
  }

  @Test
  void an_own_script_that_changed_to_load_a_third_party_is_that_third_party() {
    learn();
    assertThat(
            bare(
                v ->
                    v.script(APP, "boot();more();")
                        .script(CHAT, "chat();")
                        .pixel(APP, "https://px.stranger.example/i.webp")))
        .containsExactly("script-contact MEDIUM shop.example/assets/app.js → px.stranger.example");
  }

  @Test
  void what_else_is_wrong_with_a_new_third_party_is_told_with_it_and_hides_nothing_graver() {
    String host = "https://px.stranger.example/i.webp";
    learn();
    UnaryOperator<SampleVisit> pixel =
        v -> v.image(host).certificateUntil(host, clock.instant().plus(Duration.ofDays(3)));
    assertThat(news(pixel, 2)).containsExactly("new-third-party HIGH host:px.stranger.example");

    UnaryOperator<SampleVisit> skims =
        v ->
            pixel
                .apply(v)
                .behaviour(ScriptBehaviour.Kind.FIELD_READ, CARD, CHAT, "take")
                .script("https://drop.skimmer.example/x.js", "x();")
                .beacon(CHAT, DROP);
    assertThat(news(skims, 2)).containsExactly(CONTACT);
    assertThat(
            site.texts(
                "SELECT summary FROM finding WHERE site_id = $1 AND check_id = 'script-contact'",
                site.id()))
        .singleElement()
        .asString()
        .contains("sends data to drop.skimmer.example")
        .contains("reads payment fields.");
  }

  @Test
  void a_host_known_for_malicious_code_speaks_for_its_script_and_somebody_is_told() {
    learn();
    assertThat(news(v -> v.script("https://cdn.polyfill.io/v3/p.js", "p();"), 2))
        .containsExactly("compromised-host CRITICAL polyfill.io");
    assertThat(messages()).isOne();
  }

  @Test
  void a_behaviour_that_the_authorization_bars_is_one_finding() {
    limit(envelope(null, Set.of()));
    learn();
    assertThat(
            news(v -> v.behaviour(ScriptBehaviour.Kind.KEY_LISTENER, "keydown", CHAT, "listen"), 2))
        .containsExactly("envelope-drift HIGH intercom form reading");
  }

  @Test
  void a_card_number_that_a_limited_tag_reads_is_one_finding_that_names_the_property() {
    limit(envelope(null, Set.of()));
    learn();
    assertThat(news(v -> v.behaviour(ScriptBehaviour.Kind.FIELD_READ, CARD, CHAT, "take"), 2))
        .containsExactly("sensitive-field-read HIGH " + CHAT_SUBJECT);
    assertThat(
            site.texts(
                "SELECT summary FROM finding WHERE site_id = $1 AND check_id = 'sensitive-field-read'",
                site.id()))
        .singleElement()
        .asString()
        .contains("reads payment fields.")
        .contains("now reads form fields, which its authorization does not allow.");
  }

  @Test
  void a_new_cookie_that_the_authorization_bars_is_one_finding() {
    limit(new Envelope(null, null, Map.of(), null, null, null, null, null));
    learn();
    assertThat(news(v -> v.cookie("sessionid", "widget.intercom.io", CHAT), 2))
        .singleElement()
        .asString()
        .startsWith("envelope-drift ")
        .endsWith("intercom cookies");
  }

  @Test
  void an_alias_that_leads_nowhere_is_one_finding() {
    String promo = "https://promo.shop.example/p.js";
    learn();
    assertThat(news(v -> v.failed(promo, Code.DNS).aliasOf(promo, "shop.pages-host.example"), 2))
        .containsExactly("dangling-alias CRITICAL promo.shop.example");
    assertThat(messages()).isOne();
  }

  private static Envelope envelope(Set<String> hosts, Set<Behaviour> behaviours) {
    return new Envelope(hosts, null, null, null, null, null, null, behaviours);
  }

  private void limit(Envelope limits) {
    AuthorizationDraft draft =
        AuthorizationDraft.plain(
                Scope.site(site.clientId(), site.id()),
                Subject.ofTag("intercom"),
                Verdict.APPROVED,
                "needed")
            .with(limits);
    await(
        site.book()
            .save(new AuthorizationOrder(draft, null), new Decider(null, "Ida", Origin.PROGRAM)));
  }

  private void learn() {
    if (site.count("SELECT count(*) FROM tag_authorization WHERE site_id = $1", site.id()) == 0) {
      site.decide(DecisionSubject.tag("intercom"), DecisionState.APPROVED);
    }
    for (int i = 0; i <= ChangeWatch.LEARNING_VISITS; i++) site.take(usual());
    site.run("DELETE FROM alert WHERE site_id = $1", site.id());
  }

  private SampleVisit page() {
    clock.advance(Duration.ofHours(1));
    return SampleReports.visit(HOME).visitId(UUID.randomUUID()).at(clock.instant());
  }

  private SampleVisit usual() {
    return page().script(APP, "boot();").script(CHAT, "chat();");
  }

  private List<String> news(UnaryOperator<SampleVisit> change) {
    return news(change, 1);
  }

  private List<String> news(UnaryOperator<SampleVisit> change, int visits) {
    int before = opened().size();
    for (int i = 0; i < visits; i++) site.take(change.apply(usual()));
    return opened().subList(before, opened().size());
  }

  private List<String> bare(UnaryOperator<SampleVisit> page) {
    int before = opened().size();
    site.take(page.apply(page()));
    return opened().subList(before, opened().size());
  }

  private List<String> opened() {
    return site.texts(
        """
        SELECT f.check_id || ' ' || f.severity || ' ' || f.subject
        FROM finding_change c JOIN finding f ON f.id = c.finding_id
        WHERE c.change <> 'RESOLVED' AND f.site_id = $1 ORDER BY c.id
        """,
        site.id());
  }

  /** Messages that were put down since the page was learned. */
  private long messages() {
    return site.count("SELECT count(*) FROM alert WHERE site_id = $1", site.id());
  }
}
