package org.tagwarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.access.AuditFilter;
import org.tagwarden.collector.access.AuditLine;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;

/**
 * Walks every route of the dashboard that writes, from the router's own list: each leaves an entry
 * in the audit log that says who, what, before or after, and from where.
 */
@Tag("database")
class EveryWriteIsAuditedTest {
  private static final Principal ALL = new Principal(null, "Test", Role.ADMIN, Map.of());

  private static final String PERSON = "/access/people/:person";

  /** The route is called without looking for its form: a button for a message that failed. */
  private static final String NO_FORM = "";

  /** Each form's route, in an order in which they succeed. A new one needs a line. */
  private static final Map<String, Form> FORMS = new LinkedHashMap<>();

  static {
    form("/clients", "/", "name", "Audited client");
    form("/clients/:client/name", "/?client=:client", "name", "Nordwind Retail Group");
    form("/sites", "/sites/new", "name", "Audited", "baseUrl", "https://audited.example");
    form("/sites/:site/scans", "/sites/:site/scans");
    form("/sites/:site/schedule", "/sites/:site/schedule", "limit", "7");
    form("/sites/:site/visiting", "/sites/:site/visiting", "locale", "fr-FR");
    form(
        "/sites/:site/tags/:tag/decision",
        "/sites/:site/tags/:tag",
        "state",
        "PENDING",
        "justification",
        "We ask for it.");
    form(
        "/sites/:site/decisions",
        "/sites/:site/tags",
        "decision",
        "PENDING",
        "justification",
        "For all of them.",
        "tag",
        ":tag");
    form("/alerts/rules", "/alerts/rules", "timeZone", "UTC");
    form("/alerts/rules/:rule/remove", "/alerts/rules");
    form(
        "/alerts/destinations",
        "/alerts/rules",
        "destinationName",
        "Help desk",
        "channel",
        "email",
        "address",
        "help@nordwind.example");
    form("/alerts/destinations/:destination/test", NO_FORM);
    form("/alerts/destinations/:destination/remove", "/alerts/rules");
    form("/alerts/:alert/again", NO_FORM);
    form("/alerts/contacts/works", NO_FORM, "email", "back@nordwind.example");
    form("/alerts/opt-outs/end", "/alerts/rules");
    form(
        "/sites/:site/owners",
        "/sites/:site/owners",
        "reviewOn",
        LocalDate.now(ZoneOffset.UTC).plusDays(90).toString(),
        "ownerName",
        "Tom",
        "ownerEmail",
        "tom@nordwind.example");
    form("/sites/:site/owners/:owner/withdraw", "/sites/:site/owners");
    form(
        "/sites/:site/path",
        "/sites/:site/owners",
        "step0",
        "ADDRESS",
        "contact0",
        "tom@nordwind.example",
        "wait0",
        "0",
        "pathZone",
        "UTC");
    form("/sites/:site/path/remove", "/sites/:site/owners");
    form("/sites/:site/evidence", "/sites/:site/evidence");
    form("/sites/:site/evidence/scope", "/sites/:site/evidence", "payment", "PROVIDER_FRAME");
    form("/sites/:site/standard", "/sites/:site/standard", "text", "# Tags come by the container");
    form("/sites/:site/findings/:finding/acknowledge", "/sites/:site/findings/:finding");
    form(
        "/sites/:site/findings/:finding/mute",
        "/sites/:site/findings/:finding",
        "reason",
        "Known.",
        "until",
        LocalDate.now(ZoneOffset.UTC).plusDays(9).toString());
    form("/sites/:site/findings/:finding/unmute", "/sites/:site/findings/:finding");
    form(
        "/authorizations/:authorization/withdraw",
        "/authorizations/:authorization",
        "why",
        "Over.");
    form("/requests", "/requests", "what", "Hotjar", "reason", "Heatmaps.");
    form("/requests/:request/answer", "/requests", "state", "GRANTED", "answer", "Yes.");
    form("/sites/:site/archive", "/sites/:site/schedule");
    form("/sites/:site/restore", "/sites/:site/schedule");
    form(
        "/access/people",
        "/access",
        "personName",
        "Cy",
        "email",
        "cy@tagwarden.example",
        "personRole",
        "viewer");
    form("/access/invitations/:invitation/again", "/access");
    form("/access/invitations/:invitation/withdraw", "/access");
    form("/access/people/:person/role", PERSON, "role", "requester");
    form("/access/people/:person/link", PERSON);
    form("/access/people/:person/close", PERSON);
    form("/access/people/:person/open", PERSON);
    form("/access/tokens", "/access", "tokenName", "audited", "tokenRole", "viewer");
    form("/access/tokens/:api/withdraw", "/access");
    form("/sign-out", "/");
  }

  /** Changes nothing on the server: a cookie of the browser. */
  private static final String THEME = "/theme";

  /** Coming and going changes nothing that had been otherwise before. */
  private static final Set<String> WITHOUT_CHANGE =
      Set.of("sign in", "sign out", "fail to sign in");

  private static DemoServer server;
  private static AuditedScenes scenes;
  private static Map<String, String> values;

  /**
   * @param page where the form stands
   * @param typed what is changed in it
   */
  private record Form(String page, Map<String, String> typed) {}

  private static void form(String route, String page, String... typed) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < typed.length; i += 2) fields.put(typed[i], typed[i + 1]);
    FORMS.put(route, new Form(page, fields));
  }

  @BeforeAll
  static void start() {
    // A mail server, so that there are destinations; nobody answers there.
    server =
        DemoServer.filled(
            Map.of(
                "TAGWARDEN_SMTP_HOST", "127.0.0.1",
                "TAGWARDEN_SMTP_PORT", "1",
                "TAGWARDEN_SMTP_TLS", "none"));
    values = Way.values(server);
    scenes = new AuditedScenes(server);
    server.id(
        "WITH used AS (UPDATE site SET alert_emails = '{back@nordwind.example}' WHERE id = $1)"
            + " INSERT INTO mail_bounce (email, at, reason, returned)"
            + " VALUES ('back@nordwind.example', now(), '5.1.1', true) RETURNING 1",
        server.siteId("Nordwind Shop"));
    server.id(
        "INSERT INTO alert_opt_out (site_id, email, at)"
            + " VALUES ($1, 'left@nordwind.example', now()) RETURNING 1",
        server.siteId("Nordwind Shop"));
  }

  @AfterAll
  static void stop() {
    scenes.close();
    server.close();
  }

  @Test
  void every_route_that_writes_has_a_line_here_or_a_scene_of_its_own() {
    Set<String> known = new TreeSet<>(FORMS.keySet());
    known.addAll(scenes.routes());
    known.add(THEME);
    assertThat(Way.all(server))
        .filteredOn(way -> !way.method().equals("GET"))
        .extracting(Way::pattern)
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void every_form_leaves_an_entry_with_the_person_and_the_address() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    SoftAssertions softly = new SoftAssertions();
    FORMS.forEach((route, form) -> sendAndLook(softly, ada, route, form));
    softly.assertAll();
  }

  private static void sendAndLook(SoftAssertions softly, Browserless ada, String route, Form form) {
    long before = server.newestEntry();
    HttpResponse<String> answer;
    try {
      answer = send(ada, route, form);
    } catch (AssertionError e) {
      softly.fail(route, e); // the other forms are sent all the same
      return;
    }
    softly.assertThat(answer.statusCode()).as(route + answer.body()).isIn(200, 303);
    List<AuditLine> left = since(before);
    softly.assertThat(left).as(route).isNotEmpty();
    for (AuditLine line : left) {
      softly.assertThat(line.who()).as(route).isEqualTo("Ada Lindqvist");
      softly.assertThat(line.way()).as(route).isEqualTo("session");
    }
    look(softly, route, left);
  }

  /** From where, what was before or after, and no secret. */
  private static void look(SoftAssertions softly, String route, List<AuditLine> left) {
    for (AuditLine line : left) {
      String as = route + ": " + line.action();
      softly.assertThat(line.address()).as(as).isEqualTo("127.0.0.1");
      boolean said = line.before() != null || line.after() != null;
      boolean needed = !WITHOUT_CHANGE.contains(line.action());
      softly.assertThat(said).as(as + " says before or after").isEqualTo(needed);
    }
    softly.assertThat(left.toString()).as(route).doesNotContain("tw_", DemoServer.PASSWORD);
  }

  @Test
  void what_is_written_at_the_door_by_mail_or_in_several_steps_leaves_one_too() {
    SoftAssertions softly = new SoftAssertions();
    for (AuditedScenes.Scene scene : scenes.all()) {
      long before = scene.on().newestEntry();
      scene.play().run();
      List<AuditLine> left = scene.on().auditAfter(before, scene.action());
      softly
          .assertThat(left)
          .as(scene.route())
          .anyMatch(
              line ->
                  line.action().equals(scene.action())
                      && line.who().equals(scene.who())
                      && line.way().equals(scene.way()));
      look(softly, scene.route(), left);
    }
    softly.assertAll();
  }

  @Test
  void the_page_shows_before_and_after_and_finds_by_person_client_and_day() {
    Browserless ada = Browserless.as(server, DemoServer.ADMIN);
    String route = "/sites/:site/schedule";
    send(ada, route, new Form(route, Map.of("limit", "13")));
    assertThat(ada.get("/audit").body()).contains("Change site").contains("<ins>13</ins>");
    String client = "client=" + server.clientId("Harbour Bank");
    assertThat(ada.get("/audit?" + client).body()).doesNotContain("Change site");
    assertThat(ada.get("/audit?who=Nobody").body()).contains("No entries");
    assertThat(ada.get("/audit?until=2001-01-01").body()).contains("No entries");
    assertThat(ada.get("/audit?from=never").body()).contains("Write a day like");
  }

  private static HttpResponse<String> send(Browserless somebody, String route, Form form) {
    String action = new Way("POST", route).path(server, values);
    if (form.page().equals(NO_FORM)) return somebody.post(action, form.typed());
    String page = somebody.get(new Way("GET", form.page()).path(values)).body();
    Map<String, String> fields = Forms.fields(page, action);
    form.typed().forEach((name, text) -> fields.put(name, text.replace(":tag", values.get("tag"))));
    return somebody.post(action, fields);
  }

  private static List<AuditLine> since(long seq) {
    return await(server.collector().access().auditTrail().list(ALL, AuditFilter.ALL, 100)).stream()
        .filter(line -> line.seq() > seq)
        .toList();
  }
}
