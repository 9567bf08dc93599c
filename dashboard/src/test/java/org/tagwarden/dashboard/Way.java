package org.tagwarden.dashboard;

import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.Role;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.ScanReport;

/** A method and a pattern of the dashboard's router, to be walked by tests. */
record Way(String method, String pattern) {
  /** Rows that routes use up, made anew for each; $1 is the site. */
  private static final Map<String, String> MADE_FOR_IT =
      Map.of(
          "rule",
          """
          INSERT INTO alert_rule
            (client_id, site_id, least_severity, changes, tell, rhythm, time_zone, created_at)
          SELECT client_id, id, 'HIGH', '{OPENED}', 'SITE', 'NOW', 'UTC', now()
          FROM site WHERE id = $1 RETURNING id
          """,
          "destination",
          """
          INSERT INTO alert_destination (client_id, name, channel, address, created_at)
          SELECT client_id, gen_random_uuid()::text, 'email', 'it@nordwind.example', now()
          FROM site WHERE id = $1 RETURNING id
          """,
          "invitation",
          """
          INSERT INTO invitation
            (token_sha256, email, name, client_id, role, invited_by_name, created_at, expires_at)
          SELECT sha256(gen_random_uuid()::text::bytea), gen_random_uuid() || '@nordwind.example',
            'Io', client_id, 'viewer', 'Test', now(), now() + interval '1 day'
          FROM site WHERE id = $1 RETURNING id
          """,
          "change",
          """
          INSERT INTO site_change
            (site_id, at, visit_id, page_id, kind, subject, what, note, check_id, finding_subject)
          SELECT site_id, now(), gen_random_uuid(), 0, 'HOST', 'cdn.example', 'NEW', '', check_id,
            subject
          FROM finding WHERE site_id = $1 AND state = 'OPEN' ORDER BY id LIMIT 1 RETURNING id::int
          """,
          "owner",
          """
          INSERT INTO ownership (site_id, tag_key, duty, rank, name, email, review_on, set_at)
          SELECT id, gen_random_uuid()::text, 'IT', 'OWNER', 'Tom', 'tom@nordwind.example',
            now()::date + 30, now()
          FROM site WHERE id = $1 RETURNING id
          """,
          "alert",
          """
          UPDATE alert SET state = 'FAILED', tries = 3, sent_at = NULL
          WHERE id = (SELECT min(a.id) FROM alert a JOIN alert_item i ON i.alert_id = a.id
                      WHERE a.site_id = $1)
          RETURNING id::int
          """,
          "request",
          """
          INSERT INTO tag_request (site_id, what, reason, asked_by_name, asked_at, state)
          SELECT id, 'Hotjar', 'Heatmaps.', 'Mia', now(), 'OPEN' FROM site WHERE id = $1 RETURNING id
          """);

  private static final Set<String> NO_PAGES = Set.of("/health", "/ready", "/metrics");

  /** Every route of the dashboard, from the router's own list. */
  static List<Way> all(DemoServer server) {
    List<Way> ways = new ArrayList<>();
    for (Route route : server.router().getRoutes()) {
      String pattern = route.getName();
      if (pattern == null || route.methods() == null) continue;
      boolean page = !pattern.startsWith("/api") && !pattern.startsWith("/static");
      for (HttpMethod method : route.methods()) {
        if (page && !NO_PAGES.contains(pattern)) ways.add(new Way(method.name(), pattern));
      }
    }
    return ways;
  }

  /** What the patterns' parts stand for on one site, Nordwind's shop; a visit is made for it. */
  static Map<String, String> values(DemoServer server) {
    int site = server.siteId("Nordwind Shop");
    String scan =
        server.text(
            "SELECT id::text FROM scan WHERE site_id = $1 AND state = 'DONE' LIMIT 1", site);
    ScanReport report =
        SampleReports.report(
            UUID.fromString(scan),
            SampleReports.checkout("https://www.nordwind-shop.example/checkout"));
    await(server.collector().intake().accept(report, "scanner-1"));
    PageVisit visit = report.visits().get(0);
    int client = server.clientId("Nordwind Retail");
    var draft = new ApiTokens.Draft("walk", Role.VIEWER, client, null);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("site", "" + site);
    values.put("client", "" + client);
    values.put(
        "tag", "" + server.id("SELECT id FROM tag WHERE site_id = $1 AND key = 'hotjar'", site));
    values.put(
        "finding",
        "" + server.id("SELECT id FROM finding WHERE site_id = $1 ORDER BY id LIMIT 1", site));
    values.put("scan", scan);
    values.put(
        "authorization",
        "" + server.id("SELECT id FROM tag_authorization WHERE site_id = $1 LIMIT 1", site));
    values.put("visit", visit.visitId().toString());
    values.put("image", visit.screenshots().get(0).sha256());
    values.put(
        "person", "" + server.id("SELECT id FROM person WHERE email = $1", DemoServer.APPROVER));
    values.put(
        "api",
        ""
            + await(server.collector().access().tokens().createUnasked("t", null, draft))
                .token()
                .id());
    return values;
  }

  /** The pattern with these values; a part without one is left as it is. */
  String path(Map<String, String> values) {
    String path = pattern;
    for (var value : values.entrySet()) {
      path = path.replace(":" + value.getKey(), value.getValue());
    }
    return path;
  }

  /** Likewise, with rows of their own for what a route may use up. */
  String path(DemoServer server, Map<String, String> values) {
    Map<String, String> all = new LinkedHashMap<>(values);
    int site = Integer.parseInt(values.getOrDefault("site", "0"));
    MADE_FOR_IT.forEach(
        (part, sql) -> {
          if ((pattern + "/").contains(":" + part + "/")) all.put(part, "" + server.id(sql, site));
        });
    return path(all);
  }

  /** Likewise, but below another site: what its path is about is not that site's. */
  String below(int otherSite, DemoServer server, Map<String, String> values) {
    Way unplaced = new Way(method, pattern.replace("/sites/:site", "/sites/:place"));
    Map<String, String> placed = new LinkedHashMap<>(values);
    placed.put("place", "" + otherSite);
    return unplaced.path(server, placed);
  }

  @Override
  public String toString() {
    return method + " " + pattern;
  }
}
