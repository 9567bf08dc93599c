package org.tagwarden.dashboard;

import static org.tagwarden.collector.db.TestDatabase.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tagwarden.collector.access.AuthenticatorApp;
import org.tagwarden.collector.access.OneTimeLinks.Purpose;
import org.tagwarden.collector.access.Person;
import org.tagwarden.collector.access.PersonDraft;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.AlertServices;
import org.tagwarden.collector.alerts.SignedLinks;
import org.tagwarden.collector.changes.ChangeWatch;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;
import org.tagwarden.report.ScanJob;

/**
 * What is written otherwise than by a form that an administrator fills in: at the door, by links of
 * mails, in several steps. For EveryWriteIsAuditedTest; a route may have several scenes.
 */
final class AuditedScenes implements AutoCloseable {
  private static final Principal TEST = new Principal(null, "Test", Role.ADMIN, Map.of());
  private static final String FAY = "fay@nordwind.example";
  private static final Pattern SECRET = Pattern.compile("secret=([A-Z2-7]+)");
  private static final Pattern RECOVERY = Pattern.compile("[a-z2-7]{4}(-[a-z2-7]{4}){3}");

  /**
   * One of them, to be played in the order of the list.
   *
   * @param on whose audit log is looked into
   * @param action what an entry has to say, beside others
   * @param way from where it has to come
   */
  record Scene(String route, DemoServer on, String action, String who, String way, Runnable play) {}

  private final List<Scene> scenes = new ArrayList<>();
  private final DemoServer server;
  private final DemoServer fresh;
  private final int client;
  private final Browserless ada;
  private Browserless fay = new Browserless("");
  private String fayCode = "";
  private String offer = "";

  AuditedScenes(DemoServer server) {
    this.server = server;
    this.fresh = DemoServer.empty();
    this.client = server.clientId("Nordwind Retail");
    this.ada = Browserless.as(server, DemoServer.ADMIN);
    door();
    invitations();
    secondFactor();
    mails();
    changes();
  }

  List<Scene> all() {
    return scenes;
  }

  Set<String> routes() {
    return scenes.stream().map(Scene::route).collect(Collectors.toSet());
  }

  private void scene(String route, String action, String who, String way, Runnable play) {
    scenes.add(new Scene(route, server, action, who, way, play));
  }

  private void door() {
    Map<String, String> first =
        Map.of(
            "name",
            "Uma",
            "email",
            "uma@acme.example",
            "client",
            "Acme",
            "password",
            DemoServer.PASSWORD);
    scenes.add(
        new Scene(
            "/setup/:token",
            fresh,
            "set up",
            "Uma",
            "link",
            () -> {
              String link = await(fresh.collector().links().forSetUp()).orElseThrow();
              new Visitor(fresh).post("/setup/" + link, first);
            }));
    Map<String, String> wrong = Map.of("email", DemoServer.VIEWER, "password", "wrong, all of it");
    scene(
        "/sign-in",
        "fail to sign in",
        "Mia Castellanos",
        "link",
        () -> new Visitor(server).post("/sign-in", wrong));
    scene(
        "/sign-in",
        "sign in",
        "Mia Castellanos",
        "session",
        () -> Browserless.as(server, DemoServer.VIEWER));
    scene(
        "/forgot",
        "ask for a new password",
        "Mia Castellanos",
        "link",
        () -> new Visitor(server).post("/forgot", Map.of("email", DemoServer.VIEWER)));
    PersonDraft draft = new PersonDraft("eve@tagwarden.example", "Eve");
    Person eve =
        await(server.collector().people().createUnasked("test", draft, Role.VIEWER, client));
    String link =
        await(server.collector().links().issue(Purpose.INVITE, eve.id(), Duration.ofHours(1)));
    scene(
        "/link/:token",
        "set password",
        "Eve",
        "link",
        () -> new Visitor(server).post("/link/" + link, Map.of("password", DemoServer.PASSWORD)));
  }

  private void invitations() {
    String forGil = invited("gil@nordwind.example");
    String forMia = invited(DemoServer.VIEWER);
    scene(
        "/invitation/:token",
        "accept invitation",
        "Gil",
        "link",
        () ->
            new Visitor(server)
                .post(forGil, Map.of("name", "Gil", "password", DemoServer.PASSWORD)));
    scene(
        "/invitation/:token",
        "accept invitation",
        "Mia Castellanos",
        "session",
        () -> Browserless.as(server, DemoServer.VIEWER).post(forMia, Map.of()));
  }

  /** The path of an invitation to the client. */
  private String invited(String email) {
    PersonDraft draft = new PersonDraft(email, "Somebody");
    String link =
        await(server.collector().invitations().invite(TEST, draft, Role.VIEWER, client)).link();
    return String.valueOf(link).replaceFirst("^https?://[^/]+", "");
  }

  private void secondFactor() {
    int fayId = server.member(FAY, "Fay", Role.VIEWER, client).id();
    scene(
        "/account/second-factor",
        "prepare second factor",
        "Fay",
        "session",
        () -> {
          fay = Browserless.as(server, FAY);
          offer = fay.post("/account/second-factor", Map.of()).body();
        });
    scene("/account/second-factor/confirm", "switch second factor on", "Fay", "session", this::on);
    scene(
        "/sign-in/code",
        "sign in",
        "Fay",
        "session",
        () -> {
          Visitor door = new Visitor(server);
          String half =
              door.post("/sign-in", Map.of("email", FAY, "password", DemoServer.PASSWORD));
          Map<String, String> form = new HashMap<>(Forms.fields(half, "/sign-in/code"));
          form.put("code", fayCode);
          form.remove("csrf");
          door.post("/sign-in/code", form);
        });
    scene(
        "/access/people/:person/second-factor/off",
        "switch second factor off",
        "Ada Lindqvist",
        "session",
        () -> ada.post("/access/people/" + fayId + "/second-factor/off", Map.of()));
    scene(
        "/account/second-factor/off",
        "switch second factor off",
        "Fay",
        "session",
        () -> {
          offer = fay.post("/account/second-factor", Map.of()).body();
          on();
          fay.post("/account/second-factor/off", Map.of("code", fayCode));
        });
    Map<String, String> other =
        Map.of("old", DemoServer.PASSWORD, "password", "quite another set of words");
    scene(
        "/account/password",
        "set password",
        "Fay",
        "session",
        () -> fay.post("/account/password", other));
  }

  private void on() {
    Matcher secret = SECRET.matcher(offer);
    if (!secret.find()) throw new AssertionError(offer);
    String code = new AuthenticatorApp(secret.group(1)).code(Instant.now().getEpochSecond() / 30);
    String codes = fay.post("/account/second-factor/confirm", Map.of("code", code)).body();
    Matcher first = RECOVERY.matcher(codes);
    if (!first.find()) throw new AssertionError(codes);
    fayCode = first.group();
  }

  private void mails() {
    scene(
        "/act/:token",
        "acknowledge finding",
        "it@nordwind.example",
        "link",
        () -> new Visitor(server).post(act(SignedLinks.Purpose.ACKNOWLEDGE, alert()), Map.of()));
    scene(
        "/act/:token",
        "unsubscribe from alerts",
        "it@nordwind.example",
        "link",
        () -> new Visitor(server).post(act(SignedLinks.Purpose.UNSUBSCRIBE, alert()), Map.of()));
    scene(
        "/act/:token",
        "answer review",
        "tom@nordwind.example",
        "link",
        () ->
            new Visitor(server)
                .post(act(SignedLinks.Purpose.REVIEW, review()), Map.of("answer", "yes")));
  }

  private String act(SignedLinks.Purpose purpose, int alert) {
    try {
      byte[] key = AlertServices.linkKey(server.collector().config());
      return new SignedLinks(key, "", Clock.systemUTC()).link(purpose, alert, Duration.ofHours(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message about something that is open and in nobody's hands. */
  private int alert() {
    return server.id(
        """
        WITH one AS (
          SELECT c.id, f.site_id FROM finding_change c JOIN finding f ON f.id = c.finding_id
          WHERE f.state = 'OPEN' AND f.site_id = $1
            AND NOT EXISTS (SELECT FROM finding_acknowledgement k WHERE k.finding_id = f.id)
          ORDER BY c.id DESC LIMIT 1),
        message AS (
          INSERT INTO alert (site_id, kind, channel, recipient, message_id, state, not_before, created_at)
          SELECT site_id, 'NOW', 'email', 'it@nordwind.example', gen_random_uuid()::text, 'SENT', now(), now()
          FROM one RETURNING id),
        item AS (INSERT INTO alert_item (alert_id, change_id) SELECT m.id, o.id FROM message m, one o)
        SELECT id::int FROM message
        """,
        server.siteId("Nordwind Shop"));
  }

  private int review() {
    return server.id(
        """
        WITH owner AS (
          INSERT INTO ownership (site_id, tag_key, duty, rank, name, email, review_on, set_at)
          VALUES ($1, gen_random_uuid()::text, 'IT', 'OWNER', 'Tom', 'tom@nordwind.example', now()::date + 3, now())
          RETURNING id, site_id)
        INSERT INTO alert (site_id, kind, channel, recipient, ownership_id, message_id, state, not_before, created_at)
        SELECT site_id, 'REVIEW', 'email', 'tom@nordwind.example', id, gen_random_uuid()::text, 'SENT', now(), now()
        FROM owner RETURNING id::int
        """,
        server.siteId("Nordwind Shop"));
  }

  private void changes() {
    SiteDraft draft = SiteDraft.of("Changing", "https://changing.example");
    int site = await(server.collector().sites().create(TEST, client, draft)).id();
    UUID scan = await(server.collector().scans().now(TEST, site, ScanJob.Kind.VISITS)).id();
    for (int i = 0; i <= ChangeWatch.LEARNING_VISITS; i++) visit(scan, i, "DENY");
    visit(scan, ChangeWatch.LEARNING_VISITS + 1, "SAMEORIGIN");
    int change = server.id("SELECT id::int FROM site_change WHERE site_id = $1 LIMIT 1", site);
    Map<String, String> why = Map.of("justification", "Asked for by the partner.");
    scene(
        "/sites/:site/changes/:change/accept",
        "accept change",
        "Ada Lindqvist",
        "session",
        () -> ada.post("/sites/" + site + "/changes/" + change + "/accept", why));
  }

  private void visit(UUID scan, int hour, String frames) {
    SampleVisit visit =
        SampleReports.visit("https://changing.example/")
            .at(SampleReports.START.plus(Duration.ofHours(hour)))
            .documentHeader("X-Frame-Options", frames);
    await(server.collector().intake().accept(SampleReports.report(scan, visit), "scanner-1"));
  }

  /** Somebody without a session, with the secret of the door's forms. */
  private static final class Visitor {
    private final Browserless browser;

    Visitor(DemoServer server) {
      browser = new Browserless(server.url());
      browser.get("/sign-in");
    }

    String post(String path, Map<String, String> form) {
      return browser.post(path, form).body();
    }
  }

  @Override
  public void close() {
    fresh.close();
  }
}
