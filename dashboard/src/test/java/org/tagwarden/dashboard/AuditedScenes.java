package org.tagwarden.dashboard;

import static org.tagwarden.collector.db.TestDatabase.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

  AuditedScenes(DemoServer server) {
    this.server = server;
    this.fresh = DemoServer.empty();
    this.client = server.clientId("Nordwind Retail");
    this.ada = Browserless.as(server, DemoServer.ADMIN);
    scenes.addAll(new DoorScenes(server, fresh, ada).all());
    mails();
    changes();
    inTwoSteps();
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

  private void mails() {
    scene(
        "/act/:token",
        "acknowledge finding",
        "it@nordwind.example",
        "link",
        () ->
            Browserless.atTheDoor(server)
                .post(act(SignedLinks.Purpose.ACKNOWLEDGE, alert()), Map.of()));
    scene(
        "/act/:token",
        "unsubscribe from alerts",
        "it@nordwind.example",
        "link",
        () ->
            Browserless.atTheDoor(server)
                .post(act(SignedLinks.Purpose.UNSUBSCRIBE, alert()), Map.of()));
    scene(
        "/act/:token",
        "answer review",
        "tom@nordwind.example",
        "link",
        () ->
            Browserless.atTheDoor(server)
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
        WITH letter AS (
          INSERT INTO alert (site_id, kind, channel, recipient, message_id, state, not_before, created_at)
          VALUES ($1, 'REVIEW', 'email', 'tom@nordwind.example', gen_random_uuid()::text, 'SENT', now(), now())
          RETURNING id)
        INSERT INTO ownership (site_id, tag_key, duty, rank, name, email, review_on, set_at, reminded_for, review_alert)
        SELECT $1, gen_random_uuid()::text, 'IT', 'OWNER', 'Tom', 'tom@nordwind.example', now()::date + 3, now(),
          now()::date + 3, id
        FROM letter RETURNING review_alert::int
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

  /** An authorization is saved after it was shown; a rule is changed on a page of its own. */
  private void inTwoSteps() {
    Map<String, String> rule =
        Map.of(
            "kind", "host",
            "subject", "cdn.audited.example",
            "site", "c" + client,
            "pages", "all",
            "verdict", "approved",
            "justification", "Needed.",
            "version", "0");
    scene(
        "/authorizations",
        "decide",
        "Ada Lindqvist",
        "session",
        () -> {
          Map<String, String> shown =
              Forms.fields(ada.post("/authorizations", rule).body(), "/authorizations");
          shown.put("step", "save");
          ada.post("/authorizations", shown);
        });
    Map<String, String> policy =
        Map.of(
            "client",
            "" + client,
            "policy",
            "authorizations: [{host: cdn.policy.example, verdict: approved, justification: x}]");
    scene(
        "/authorizations/policy",
        "decide",
        "Ada Lindqvist",
        "session",
        () -> {
          String path = "/authorizations/policy";
          Map<String, String> shown = Forms.fields(ada.post(path, policy).body(), path);
          shown.put("step", "apply");
          ada.post(path, shown);
        });
    int id =
        server.id(
            """
            INSERT INTO alert_rule (client_id, least_severity, changes, tell, rhythm, time_zone, created_at)
            VALUES ($1, 'HIGH', '{OPENED}', 'SITE', 'NOW', 'UTC', now()) RETURNING id
            """,
            client);
    scene(
        "/alerts/rules/:rule",
        "change alert rule",
        "Ada Lindqvist",
        "session",
        () -> {
          String path = "/alerts/rules/" + id;
          Map<String, String> fields =
              Forms.fields(ada.get("/alerts/rules?edit=" + id).body(), path);
          fields.put("least", "LOW");
          ada.post(path, fields);
        });
  }

  private void visit(UUID scan, int hour, String frames) {
    SampleVisit visit =
        SampleReports.visit("https://changing.example/")
            .at(SampleReports.START.plus(Duration.ofHours(hour)))
            .documentHeader("X-Frame-Options", frames);
    await(server.collector().intake().accept(SampleReports.report(scan, visit), "scanner-1"));
  }

  @Override
  public void close() {
    fresh.close();
  }
}
