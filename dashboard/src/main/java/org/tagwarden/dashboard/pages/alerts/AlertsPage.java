package org.tagwarden.dashboard.pages.alerts;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.ClientScope;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.AlertActions;
import org.tagwarden.collector.alerts.AlertServices;
import org.tagwarden.collector.db.Database;
import org.tagwarden.dashboard.pages.alerts.AlertsView.AlertLine;
import org.tagwarden.dashboard.web.Attempt;
import org.tagwarden.dashboard.web.MenuEntry;
import org.tagwarden.dashboard.web.Page;
import org.tagwarden.dashboard.web.Reply;
import org.tagwarden.dashboard.web.Request;
import org.tagwarden.dashboard.web.Rows;
import org.tagwarden.dashboard.web.SiteMap;

/** Messages that went out, wait for another try, or were given up, with the reason. */
public final class AlertsPage implements Page {
  private static final String COUNTS =
      """
      SELECT count(*) FILTER (WHERE a.state = 'SENT')::int AS sent,
             count(*) FILTER (WHERE a.state IN ('WAITING', 'SENDING'))::int AS waiting,
             count(*) FILTER (WHERE a.state = 'FAILED')::int AS failed
      FROM alert a JOIN site s ON s.id = a.site_id
      WHERE ($1::int[] IS NULL OR s.client_id = ANY($1)) AND a.created_at > now() - interval '90 days'
      """;

  private static final String ALERTS =
      """
      SELECT a.id, a.site_id, s.client_id, s.name AS site, n.finding_id, coalesce(n.summary, q.what) AS summary, n.change, n.findings, a.kind,
             a.channel, a.recipient, a.state, a.tries, a.created_at, a.sent_at, a.not_before, a.last_problem
      FROM alert a JOIN site s ON s.id = a.site_id LEFT JOIN tag_request q ON q.id = a.request_id
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS findings, (array_agg(m.id))[1] AS finding_id, (array_agg(m.summary))[1] AS summary,
               (array_agg(m.change))[1] AS change
        FROM (SELECT DISTINCT ON (array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], f.severity), f.id)
                     f.id, f.summary, fc.change
              FROM alert_item i JOIN finding_change fc ON fc.id = i.change_id JOIN finding f ON f.id = fc.finding_id
              WHERE i.alert_id = a.id
              ORDER BY array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], f.severity), f.id, fc.id DESC) m) n
      WHERE ($1::int[] IS NULL OR s.client_id = ANY($1)) AND (n.findings > 0 OR a.kind IN ('REVIEW', 'ASKED', 'ANSWERED'))
        AND ($2 = '' OR a.state = $2 OR ($2 = 'WAITING' AND a.state = 'SENDING'))
      ORDER BY a.created_at DESC, a.id DESC LIMIT 200
      """;

  private static final Set<String> STATES = Set.of("SENT", "WAITING", "FAILED");

  private final Database database;
  private final AlertServices alerts;
  private final AlertActions actions;
  private final boolean mailOff;

  public AlertsPage(Collector collector) {
    this.database = collector.database();
    this.alerts = collector.alerts();
    this.actions = alerts.actions();
    this.mailOff = collector.config().smtp().host() == null;
  }

  @Override
  public MenuEntry menu() {
    return new MenuEntry("Alerts", "/alerts", Role.VIEWER);
  }

  @Override
  public void mount(SiteMap map) {
    map.person(HttpMethod.GET, "/alerts", Role.VIEWER, this::show);
    map.person(HttpMethod.POST, "/alerts/:alert/again", Role.APPROVER, this::again);
    map.person(HttpMethod.POST, "/alerts/contacts/works", Role.ADMIN, this::works);
  }

  private Future<Reply> works(Request request) {
    String email = request.text("email");
    return Attempt.orAgain(
        alerts
            .bounces()
            .clear(request.principal(), email)
            .map(done -> Reply.done("/alerts", "It is noted that " + email + " works.")),
        refusal -> Future.succeededFuture(Reply.failed("/alerts", refusal.sentence())));
  }

  private Future<Reply> again(Request request) {
    return actions
        .tryAgain(request.principal(), request.id("alert"))
        .map(done -> Reply.done("/alerts?state=WAITING", "It is tried again."));
  }

  private Future<Reply> show(Request request) {
    ClientScope scope = request.principal().readable();
    String state = STATES.contains(request.text("state")) ? request.text("state") : "";
    var contacts = alerts.bounces().list(request.principal());
    var lines = Rows.list(database, ALERTS, row -> line(request, row), scope.parameter(), state);
    var counts =
        Rows.list(
            database,
            COUNTS,
            row ->
                List.of(
                    row.getInteger("sent"), row.getInteger("waiting"), row.getInteger("failed")),
            (Object) scope.parameter());
    return Future.all(lines, counts, contacts)
        .map(
            all -> {
              List<Integer> count = counts.result().get(0);
              return Reply.page(
                  "alerts/page",
                  new AlertsView(
                      state,
                      count.get(0),
                      count.get(1),
                      count.get(2),
                      lines.result(),
                      contacts.result(),
                      mailOff,
                      Objects.requireNonNullElse(alerts.bounceProblem(), "")));
            });
  }

  private static AlertLine line(Request request, Row row) {
    return new AlertLine(
        row.getLong("id"),
        row.getInteger("site_id"),
        row.getString("site"),
        row.getInteger("finding_id") == null ? 0 : row.getInteger("finding_id"),
        row.getString("summary") == null ? "" : row.getString("summary"),
        row.getString("change") == null ? "" : row.getString("change"),
        row.getInteger("findings"),
        row.getString("kind"),
        row.getString("channel"),
        row.getString("recipient"),
        row.getString("state"),
        row.getInteger("tries"),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "sent_at"),
        Rows.instantOrNull(row, "not_before"),
        row.getString("last_problem"),
        request.principal().may(Role.APPROVER, row.getInteger("client_id")));
  }
}
