package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.ChangeKind;

/** The clients' rules: read for a change, listed, made and removed. */
public final class AlertRules {
  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  public AlertRules(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** A rule with its client, and its names for people. */
  public record Listed(int clientId, String client, String site, AlertRule rule) {}

  /** What holds for a site: its own rules and its client's, or the standard one. */
  static Future<List<AlertRule>> of(SqlClient client, int siteId) {
    return client
        .preparedQuery(AlertQueries.RULES_OF_SITE)
        .execute(tuple(siteId))
        .map(
            rows -> {
              List<AlertRule> rules = new ArrayList<>();
              for (Row row : rows) rules.add(rule(row));
              return rules.isEmpty() ? AlertRule.STANDARD : rules;
            });
  }

  /** The rules of every client that the principal may read. */
  public Future<List<Listed>> list(Principal by) {
    return database
        .pool()
        .preparedQuery(AlertQueries.RULES)
        .execute(tuple(by.readable().parameter()))
        .map(
            rows -> {
              List<Listed> rules = new ArrayList<>();
              for (Row row : rows) {
                rules.add(
                    new Listed(
                        row.getInteger("client_id"),
                        row.getString("client"),
                        row.getString("site"),
                        rule(row)));
              }
              return rules;
            });
  }

  /** A further rule of a client; for approvers. The site and destination must be the client's. */
  public Future<Void> add(Principal by, int clientId, AlertRule rule) {
    if (!by.readable().includes(clientId)) throw Refusal.notFound("There is no such client.");
    by.require(Role.APPROVER, clientId);
    if (rule.changes().isEmpty())
      throw Refusal.invalid("changes", "Choose at least one kind of change.");
    QuietHours quiet = rule.quiet();
    Destination destination = rule.destination();
    return database.inTransaction(
        tx ->
            tx.preparedQuery(AlertQueries.ADD_RULE)
                .execute(
                    tuple(
                        clientId,
                        rule.siteId(),
                        rule.least().name(),
                        rule.checks().toArray(String[]::new),
                        rule.changes().stream().map(Enum::name).toArray(String[]::new),
                        rule.tell().name(),
                        destination == null ? null : destination.id(),
                        rule.rhythm().kind().name(),
                        (short) rule.rhythm().day().getValue(),
                        rule.rhythm().time(),
                        quiet == null ? null : quiet.from(),
                        quiet == null ? null : quiet.until(),
                        rule.rhythm().zone().getId(),
                        SqlTime.now(clock)))
                .compose(
                    rows -> {
                      if (rows.rowCount() == 0)
                        throw Refusal.invalid(
                            "rule", "The site and the destination must be the client's own.");
                      return audit.write(
                          tx,
                          AuditEntry.of(by, clientId, "add alert rule", summary(rule)).made(rule));
                    }));
  }

  /** Takes a rule away; for approvers. */
  public Future<Void> remove(Principal by, int id) {
    return database.inTransaction(
        tx ->
            tx.preparedQuery(AlertQueries.REMOVE_RULE)
                .execute(tuple(id, by.scope(Role.APPROVER).parameter()))
                .compose(
                    rows -> {
                      if (rows.rowCount() == 0) throw Refusal.notFound("There is no such rule.");
                      Row was = rows.iterator().next();
                      int clientId = was.getInteger("client_id");
                      return audit.write(
                          tx,
                          AuditEntry.of(by, clientId, "remove alert rule", "rule " + id)
                              .gone(was.toJson()));
                    }));
  }

  private static String summary(AlertRule rule) {
    Destination destination = rule.destination();
    return rule.least()
        + " and above, "
        + rule.rhythm().kind()
        + ", to "
        + (destination == null ? rule.tell().name() : destination.name());
  }

  private static AlertRule rule(Row row) {
    ZoneId zone = ZoneId.of(row.getString("time_zone"));
    LocalTime from = row.getLocalTime("quiet_from");
    Set<ChangeKind> changes = new HashSet<>();
    for (String change : row.getArrayOfStrings("changes")) changes.add(ChangeKind.valueOf(change));
    return new AlertRule(
        row.getInteger("id"),
        row.getInteger("site_id"),
        Severity.valueOf(row.getString("least_severity")),
        Set.of(row.getArrayOfStrings("checks")),
        changes,
        AlertRule.Tell.valueOf(row.getString("tell")),
        destination(row),
        new Rhythm(
            AlertKind.valueOf(row.getString("rhythm")),
            DayOfWeek.of(row.getShort("digest_day")),
            row.getLocalTime("digest_time"),
            zone),
        from == null ? null : new QuietHours(from, row.getLocalTime("quiet_until"), zone));
  }

  static @Nullable Destination destination(Row row) {
    Integer id = row.getInteger("destination_id");
    if (id == null) return null;
    return new Destination(
        id,
        row.getInteger("destination_client_id"),
        row.getString("destination"),
        row.getString("channel"),
        row.getString("address"),
        row.getString("signing"));
  }
}
