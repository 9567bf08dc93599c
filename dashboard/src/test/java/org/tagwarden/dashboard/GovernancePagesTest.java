package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.report.SampleReports;

/** Authorizations, limits and requests, as people meet them in their browser. */
@Tag("database")
class GovernancePagesTest {
  private static DemoServer server;
  private static int site;
  private static Browserless tom;
  private static Browserless ada;
  private static Browserless mia;

  @BeforeAll
  static void start() {
    server = DemoServer.filled();
    site = server.siteId("Nordwind Shop");
    tom = Browserless.as(server, DemoServer.APPROVER);
    ada = Browserless.as(server, DemoServer.ADMIN);
    mia = Browserless.as(server, DemoServer.VIEWER);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void authorizations_are_listed_and_narrowed_by_the_url() {
    String all = tom.get("/authorizations").body();
    assertThat(all).contains("hotjar", "youtube", "Nordwind Shop").doesNotContain("Harbour Bank");
    assertThat(tom.get("/authorizations?q=hotjar&site=" + site).body())
        .contains(">hotjar<")
        .doesNotContain(">youtube<");
    assertThat(tom.get("/authorizations?state=refused").body()).doesNotContain(">youtube<");
    assertThat(tom.get("/authorizations?state=due").body()).contains("No authorization fits");
    assertThat(mia.get("/authorizations").body()).doesNotContain("Nordwind");
  }

  @Test
  void a_rule_is_shown_with_what_it_matches_before_it_is_saved() {
    Map<String, String> rule = rule("vendor", "Meta", "refused");
    HttpResponse<String> preview = tom.post("/authorizations", with(rule, "step", "preview"));
    assertThat(preview.statusCode()).isEqualTo(200);
    assertThat(preview.body()).contains("What it matches today").contains("Meta Pixel");
    assertThat(count("Meta")).isZero();

    HttpResponse<String> early = tom.post("/authorizations", with(rule, "step", "save"));
    assertThat(early.body()).as("saved unseen").contains("What it matches today");
    assertThat(count("Meta")).isZero();
    HttpResponse<String> saved = tom.post("/authorizations", shown(rule, preview.body()));
    assertThat(saved.statusCode()).as(saved.body()).isEqualTo(303);
    assertThat(count("Meta")).isEqualTo(1);
    String path = saved.headers().firstValue("Location").orElseThrow();
    assertThat(tom.get(path).body())
        .contains("It is in the book", "Tom Brandt, approver", "Meta Pixel");

    HttpResponse<String> late = ada.post("/authorizations", shown(rule, preview.body()));
    assertThat(late.statusCode()).isEqualTo(422);
    assertThat(late.body())
        .contains(
            "Tom Brandt was faster and refused it", "<a href=\"" + path + "\">What holds now");
    assertThat(ada.post("/authorizations", with(rule, "step", "preview")).body())
        .contains("There is one about this already", path)
        .doesNotContain("value=\"save\"");
  }

  @Test
  void what_was_shown_is_what_is_saved_and_a_stored_one_stays_about_what_it_is() {
    Map<String, String> rule = rule("host", "one.shown.example", "approved");
    String preview = tom.post("/authorizations", with(rule, "step", "preview")).body();
    Map<String, String> other = with(shown(rule, preview), "subject", "*.shown.example");
    assertThat(tom.post("/authorizations", other).body()).contains("What it matches today");
    assertThat(count("*.shown.example")).isZero();
    String path = location(tom.post("/authorizations", shown(rule, preview)));

    Map<String, String> edited = with(rule, "id", path.replaceAll("\\D", ""));
    edited.put("version", "1");
    edited.put("subject", "*.shown.example");
    edited.put("hosts", "one.shown.example");
    edited.put("step", "save");
    assertThat(location(tom.post("/authorizations", edited))).isEqualTo(path);
    assertThat(count("*.shown.example")).isZero();
    assertThat(tom.get(path).body())
        .contains("hosts: (none) -&gt; one.shown.example")
        .doesNotContain("name=\"subject\"");
    assertThat(tom.post("/authorizations", edited).body())
        .contains("Tom Brandt was faster", "As it stands", "one.shown.example");
    assertThat(tom.get("/authorizations/new?like=" + path.replaceAll("\\D", "")).body())
        .contains("value=\"one.shown.example\"", "New authorization");
  }

  @Test
  void what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost() {
    Map<String, String> rule = rule("url", "no pattern", "approved");
    HttpResponse<String> answer = tom.post("/authorizations", with(rule, "step", "preview"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("is no URL pattern").contains("Needed for the campaign");
    Map<String, String> lasting =
        with(rule("product", "youtube", "approved"), "cookies", "a: year");
    assertThat(tom.post("/authorizations", with(lasting, "step", "save")).body())
        .contains("is no lifetime: write session");
  }

  @Test
  void an_authorization_is_withdrawn_with_a_reason_and_stays_in_sight() {
    String path = location(saveShown(rule("host", "*.gone.example", "approved")));
    assertThat(mia.get(path).statusCode()).isEqualTo(404);
    assertThat(tom.post(path + "/withdraw", Map.of("why", " ", "version", "1")).body())
        .contains("Write down why");
    assertThat(
            tom.post(path + "/withdraw", Map.of("why", "Contract ended", "version", "1"))
                .statusCode())
        .isEqualTo(303);
    assertThat(tom.get(path).body()).contains("Withdrawn").contains("Contract ended");
    assertThat(tom.get("/authorizations?q=gone.example").body()).contains("No authorization fits");
  }

  @Test
  void a_tag_is_approved_as_seen_after_its_limits_were_looked_over() {
    UUID scan =
        UUID.fromString(
            server.text(
                "SELECT id::text FROM scan WHERE site_id = $1 AND state = 'DONE' LIMIT 1", site));
    String script = "https://tags.unheard-of.example/t.js";
    await(
        server
            .collector()
            .intake()
            .accept(
                SampleReports.report(
                    scan,
                    SampleReports.visit("https://www.nordwind-shop.example/new")
                        .script(script, "soup();")
                        .beacon(script, "https://collect.unheard-of.example/c")),
                "scanner-1"));
    int tag =
        server.id(
            "SELECT id FROM tag WHERE site_id = $1 AND key = 'host:tags.unheard-of.example'", site);
    String path = "/sites/" + site + "/tags/" + tag;
    String form = tom.get(path + "?seen=1").body();
    assertThat(form).contains("Filled in from 1 visit").contains("*.unheard-of.example");
    assertThat(count("tags.unheard-of.example")).isZero();

    Map<String, String> decision = new HashMap<>();
    decision.put("state", "APPROVED");
    decision.put("justification", "Seen and meant");
    decision.put("version", "0");
    decision.put("hosts", "*.unheard-of.example");
    decision.put("behaviours", "nothing");
    assertThat(tom.post(path + "/decision", decision).statusCode()).isEqualTo(303);
    assertThat(
            server.text(
                "SELECT envelope::text FROM tag_authorization WHERE subject = 'tags.unheard-of.example'"))
        .isEqualTo("{\"hosts\": [\"*.unheard-of.example\"], \"behaviours\": []}");
    assertThat(tom.post(path + "/decision", decision).body())
        .contains("Tom Brandt was faster and approved it");
  }

  @Test
  void a_tag_of_which_one_address_is_approved_is_partly_authorized_wherever_it_is_listed() {
    UUID scan =
        UUID.fromString(
            server.text(
                "SELECT id::text FROM scan WHERE site_id = $1 AND state = 'DONE' LIMIT 1", site));
    await(
        server
            .collector()
            .intake()
            .accept(
                SampleReports.report(
                    scan,
                    SampleReports.visit("https://www.nordwind-shop.example/parts")
                        .visitId(UUID.randomUUID())
                        .script("https://cdn.parts-of.example/a/one.js", "one();")
                        .script("https://cdn.parts-of.example/b/two.js", "two();")),
                "scanner-1"));
    Map<String, String> rule = rule("url", "cdn.parts-of.example/a/", "approved");
    assertThat(saveShown(rule).statusCode()).isEqualTo(303);

    String path = "/sites/" + site + "/tags";
    assertThat(tom.get(path + "?state=partly").body())
        .contains("cdn.parts-of.example", "Partly authorized", "1 of 2 scripts")
        .doesNotContain("Intercom");
    assertThat(tom.get(path + ".csv?state=partly").body()).contains(",PARTLY,1,2,");
    int tag =
        server.id(
            "SELECT id FROM tag WHERE site_id = $1 AND key = 'host:cdn.parts-of.example'", site);
    assertThat(tom.get(path + "/" + tag).body())
        .contains("Authorized in part: 1 of 2 scripts")
        .contains("Undecided");
  }

  @Test
  void what_decides_nothing_today_is_marked_and_contacts_can_be_chosen() {
    assertThat(tom.get("/authorizations?state=idle").body())
        .contains("linkedin-insight", "matches nothing that runs")
        .doesNotContain(">youtube<");
    saveShown(rule("vendor", "Google", "pending"));
    assertThat(tom.get("/authorizations?state=overlaps").body())
        .contains("overlaps with <a href", "vendor Google</a>", ">youtube<")
        .doesNotContain(">hotjar<");
    assertThat(tom.get("/authorizations/new").body())
        .contains("<datalist id=\"contacts\">")
        .contains("Tom Brandt &lt;" + DemoServer.APPROVER);
    int one =
        server.id(
            "SELECT id FROM tag_authorization WHERE subject = 'linkedin-insight' AND site_id = $1",
            site);
    assertThat(mia.get("/authorizations/" + one).statusCode()).isEqualTo(404);
  }

  @Test
  void several_tags_are_decided_about_with_one_justification() {
    int tag = server.id("SELECT id FROM tag WHERE site_id = $1 AND key = 'intercom'", site);
    assertThat(tom.get("/sites/" + site + "/tags").body()).contains("Select Intercom Messenger");
    HttpResponse<String> done =
        tom.post(
            "/sites/" + site + "/decisions",
            Map.of(
                "tag", String.valueOf(tag),
                "decision", "REFUSED",
                "justification", "Spring clean-up",
                "back", "?category=CHAT"));
    assertThat(done.headers().firstValue("Location").orElseThrow())
        .isEqualTo("/sites/" + site + "/tags?category=CHAT");
    assertThat(tom.get("/sites/" + site + "/tags?category=CHAT").body())
        .contains("1 decision is in the book")
        .contains("Refused");
    assertThat(
            tom.post("/sites/" + site + "/decisions", Map.of("decision", "REFUSED")).statusCode())
        .isEqualTo(303);
    assertThat(tom.get("/sites/" + site + "/tags").body()).contains("Select the tags");
    assertThat(mia.get("/sites/" + server.siteId("Harbour Bank") + "/tags").body())
        .doesNotContain("Justification for all of them");
  }

  @Test
  void the_second_of_two_who_decide_about_several_tags_at_once_is_told_and_changes_nothing() {
    int hotjar = server.id("SELECT id FROM tag WHERE site_id = $1 AND key = 'hotjar'", site);
    int youtube = server.id("SELECT id FROM tag WHERE site_id = $1 AND key = 'youtube'", site);
    String seen = seen(tom);
    assertThat(decide(tom, seen, "PENDING", hotjar, youtube))
        .contains("2 decisions are in the book");

    assertThat(decide(ada, seen, "REFUSED", youtube))
        .contains("Tom Brandt was faster and put it on hold (product youtube)");
    assertThat(verdict("youtube")).isEqualTo("PENDING");

    assertThat(decide(ada, seen(ada), "APPROVED", hotjar, youtube))
        .contains("2 decisions are in the book");
    assertThat(verdict("youtube")).isEqualTo("APPROVED");
    assertThat(decide(ada, seen(ada), "APPROVED", 999_999_999)).contains("Select the tags");
  }

  private static String decide(Browserless who, String seen, String verdict, int... tags) {
    Map<String, String> form = new HashMap<>();
    String ticked = "tag";
    for (int i = 0; i < tags.length - 1; i++) ticked = "tag=" + tags[i] + "&" + ticked;
    form.put(ticked, String.valueOf(tags[tags.length - 1]));
    form.put("decision", verdict);
    form.put("justification", "Autumn");
    form.put("seen", seen);
    who.post("/sites/" + site + "/decisions", form);
    return who.get("/sites/" + site + "/tags").body();
  }

  private static String seen(Browserless who) {
    String page = who.get("/sites/" + site + "/tags").body();
    Matcher seen = Pattern.compile("name=\"seen\" value=\"(\\d+)\"").matcher(page);
    assertThat(seen.find()).isTrue();
    return seen.group(1);
  }

  private static String verdict(String subject) {
    return server.text(
        "SELECT verdict FROM tag_authorization WHERE subject = $1 AND site_id = $2 AND withdrawn_at IS NULL",
        subject,
        site);
  }

  @Test
  void marketing_asks_for_a_tag_and_it_answers_with_a_reason() {
    HttpResponse<String> asked =
        tom.post(
            "/requests",
            Map.of(
                "site", String.valueOf(site),
                "what", "Clarity",
                "from", "2026-12-01",
                "reason", "Heatmaps of the checkout"));
    assertThat(asked.statusCode()).isEqualTo(303);
    assertThat(ada.get("/requests").body())
        .contains("Clarity")
        .contains("Heatmaps of the checkout")
        .contains("Waiting for IT");
    assertThat(mia.get("/requests").body()).doesNotContain("Clarity");
    int id = server.id("SELECT id FROM tag_request WHERE what = 'Clarity'");
    assertThat(ada.post("/requests/" + id + "/answer", Map.of("state", "DECLINED")).body())
        .contains("Write down why", "<details class=\"more\" open>");
    ada.post(
        "/requests/" + id + "/answer",
        Map.of("state", "DECLINED", "answer", "We have Hotjar already"));
    assertThat(tom.get("/requests").body()).contains("Declined").contains("We have Hotjar already");
  }

  @Test
  void a_request_is_answered_by_an_authorization_filled_in_from_it_and_from_what_was_seen() {
    tom.post(
        "/requests",
        Map.of("site", String.valueOf(site), "what", "criteo onetag", "reason", "Retargeting"));
    int id = server.id("SELECT id FROM tag_request WHERE what = 'criteo onetag'");
    assertThat(mia.get("/authorizations/new?request=" + id).statusCode()).isIn(403, 404);
    String form = ada.get("/authorizations/new?request=" + id).body();
    assertThat(form)
        .contains("value=\"criteo\"", "Tom Brandt asked for criteo onetag: Retargeting")
        .contains("Answer to Tom Brandt", "Tom Brandt &lt;" + DemoServer.APPROVER);

    Map<String, String> rule = rule("product", "criteo", "approved");
    rule.put("request", String.valueOf(id));
    rule.put("answer", "Yes, on the shop.");
    rule.put("pages", "payment");
    String preview = ada.post("/authorizations", with(rule, "step", "preview")).body();
    String path = location(ada.post("/authorizations", shown(rule, preview)));
    assertThat(tom.get("/requests").body()).contains("Granted", "Yes, on the shop.", path);
    assertThat(ada.post("/authorizations", shown(with(rule, "pages", "all"), preview)).body())
        .contains("What it matches today");
  }

  @Test
  void a_request_for_what_is_decided_about_already_is_answered_by_changing_that() {
    tom.post(
        "/requests",
        Map.of("site", String.valueOf(site), "what", "LinkedIn-Insight", "reason", "Recruiting"));
    int id = server.id("SELECT id FROM tag_request WHERE what = 'LinkedIn-Insight'");
    int one =
        server.id(
            "SELECT id FROM tag_authorization WHERE subject = 'linkedin-insight' AND site_id = $1",
            site);
    String path = "/authorizations/" + one + "?request=" + id;
    assertThat(location(ada.get("/authorizations/new?request=" + id))).isEqualTo(path);
    String page = ada.get(path).body();
    assertThat(page).contains("Saving it answers what Tom Brandt asked for", "Recruiting");

    Map<String, String> form = Forms.fields(page, "/authorizations");
    form.put("verdict", "refused");
    form.put("answer", "Not before the new privacy notice.");
    form.put("step", "save");
    assertThat(location(ada.post("/authorizations", form))).isEqualTo("/authorizations/" + one);
    assertThat(tom.get("/requests").body())
        .contains("Declined", "Not before the new privacy notice.", "/authorizations/" + one);

    tom.post(
        "/requests",
        Map.of("site", String.valueOf(site), "what", "Some New Thing", "reason", "Curious"));
    int unknown = server.id("SELECT id FROM tag_request WHERE what = 'Some New Thing'");
    assertThat(ada.get("/authorizations/new?request=" + unknown).body())
        .contains("value=\"Some New Thing\"", "Answer to Tom Brandt");
  }

  @Test
  void a_policy_is_taken_over_after_it_was_shown_what_that_changes() {
    int client = server.clientId("Nordwind Retail");
    String export = tom.get("/authorizations/policy.yaml?client=" + client).body();
    assertThat(export).contains("client: \"Nordwind Retail\"", "product: \"hotjar\"");
    assertThat(tom.get("/authorizations/policy.csv?client=" + client).body())
        .contains("site,pages,kind,subject");
    assertThat(mia.get("/authorizations/policy.yaml?client=" + client).statusCode()).isEqualTo(404);

    Map<String, String> form = new HashMap<>();
    form.put("client", String.valueOf(client));
    form.put("policy", export);
    form.put("prune", "yes");
    assertThat(tom.post("/authorizations/policy", form).body())
        .as("its own export changes nothing")
        .contains("nothing changes")
        .doesNotContain("Take it over");

    form.remove("prune");
    form.put("policy", export.replace("verdict: \"approved\"", "verdict: \"aproved\""));
    assertThat(tom.post("/authorizations/policy", form).body())
        .containsPattern("Line \\d+, column 5: The verdict is approved, refused or pending");
    form.put("policy", "site,kind,subject,verdict,justification\n,host,csv.example,refused,No.\n");
    form.put("step", "apply");
    String plan = tom.post("/authorizations/policy", form).body();
    assertThat(plan).contains("1 new", "host csv.example on all sites", "Take it over");
    assertThat(count("csv.example")).isZero();
    form.put("shown", Forms.fields(plan, "/authorizations/policy").get("shown"));
    assertThat(location(tom.post("/authorizations/policy", form)))
        .isEqualTo("/authorizations?client=" + client);
    assertThat(count("csv.example")).isOne();
    assertThat(mia.post("/authorizations/policy", form).statusCode()).isIn(403, 404);
  }

  private static String location(HttpResponse<String> done) {
    return done.headers().firstValue("Location").orElseThrow(() -> new AssertionError(done.body()));
  }

  private static HttpResponse<String> saveShown(Map<String, String> rule) {
    String preview = tom.post("/authorizations", with(rule, "step", "preview")).body();
    return tom.post("/authorizations", shown(rule, preview));
  }

  /** The form as its preview sends it back. */
  private static Map<String, String> shown(Map<String, String> rule, String preview) {
    Matcher shown = Pattern.compile("name=\"shown\" value=\"([^\"]*)\"").matcher(preview);
    assertThat(shown.find()).as(preview).isTrue();
    return with(with(rule, "step", "save"), "shown", shown.group(1));
  }

  private static Map<String, String> rule(String kind, String subject, String verdict) {
    Map<String, String> rule = new HashMap<>();
    rule.put("kind", kind);
    rule.put("subject", subject);
    rule.put("site", String.valueOf(site));
    rule.put("pages", "all");
    rule.put("verdict", verdict);
    rule.put("reason", "business");
    rule.put("justification", "Needed for the campaign");
    rule.put("version", "0");
    return rule;
  }

  private static Map<String, String> with(Map<String, String> rule, String field, String value) {
    Map<String, String> more = new HashMap<>(rule);
    more.put(field, value);
    return more;
  }

  private static int count(String subject) {
    return server.id(
        "SELECT count(*)::int FROM tag_authorization WHERE subject = $1 AND withdrawn_at IS NULL",
        subject);
  }
}
