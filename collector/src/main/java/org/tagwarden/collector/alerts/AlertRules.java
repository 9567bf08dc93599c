package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
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
import org.tagwarden.collector.db.Versions;
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

  /**
   * A rule with its client, and its names for people.
   *
   * @param version grows with every change
   */
  public record Listed(int clientId, String client, String site, AlertRule rule, int version) {}

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
                        rule(row),
                        row.getInteger("version")));
              }
              return rules;
            });
  }

  /**
   * A further rule of a client; for approvers. The site and destination must be the client's.
   * Answers its id.
   */
  public Future<Integer> add(Principal by, int clientId, AlertRule rule) {
    check(by, clientId, rule);
    List<@Nullable Object> values = values(clientId, rule);
    values.add(SqlTime.now(clock));
    return database.inTransaction(
        tx ->
            tx.preparedQuery(AlertQueries.ADD_RULE)
                .execute(Tuple.from(values))
                .compose(
                    rows -> {
                      if (rows.size() == 0) throw notTheirs();
                      int id = rows.iterator().next().getInteger("id");
                      return audit
                          .write(
                              tx,
                              AuditEntry.of(by, clientId, "add alert rule", summary(rule))
                                  .made(rule))
                          .map(id);
                    }));
  }

  /**
   * Puts another rule in its place; for approvers.
   *
   * @param seen the version that it is based upon; null: whatever is there
   */
  public Future<Void> change(
      Principal by, int clientId, int id, @Nullable Integer seen, AlertRule rule) {
    check(by, clientId, rule);
    List<@Nullable Object> values = values(clientId, rule);
    values.add(id);
    return database.inTransaction(
        tx ->
            locked(tx, clientId, id, seen)
                .compose(
                    was ->
                        tx.preparedQuery(AlertQueries.CHANGE_RULE)
                            .execute(Tuple.from(values))
                            .compose(
                                rows -> {
                                  if (rows.rowCount() == 0) throw notTheirs();
                                  return audit.write(
                                      tx,
                                      AuditEntry.of(
                                              by, clientId, "change alert rule", summary(rule))
                                          .changed(was, rule));
                                })));
  }

  /** Takes a rule away, whichever client's; for approvers. */
  public Future<Void> remove(Principal by, int id) {
    return database
        .pool()
        .preparedQuery(AlertQueries.CLIENT_OF_RULE)
        .execute(tuple(id))
        .compose(
            rows -> {
              if (rows.size() == 0) throw noSuchRule();
              int clientId = rows.iterator().next().getInteger("client_id");
              if (!by.scope(Role.APPROVER).includes(clientId)) throw noSuchRule();
              return remove(by, clientId, id, null);
            });
  }

  /**
   * Takes a client's rule away; for approvers.
   *
   * @param seen the version that is meant; null: whatever is there
   */
  public Future<Void> remove(Principal by, int clientId, int id, @Nullable Integer seen) {
    requireApprover(by, clientId);
    return database.inTransaction(
        tx ->
            locked(tx, clientId, id, seen)
                .compose(
                    was ->
                        tx.preparedQuery(AlertQueries.REMOVE_RULE)
                            .execute(tuple(id))
                            .compose(
                                rows ->
                                    audit.write(
                                        tx,
                                        AuditEntry.of(
                                                by, clientId, "remove alert rule", summary(was))
                                            .gone(was)))));
  }

  private static Future<AlertRule> locked(
      SqlConnection tx, int clientId, int id, @Nullable Integer seen) {
    return tx.preparedQuery(AlertQueries.RULE_OF_CLIENT)
        .execute(tuple(id, clientId))
        .map(
            rows -> {
              if (rows.size() == 0) throw noSuchRule();
              Row row = rows.iterator().next();
              Versions.check(seen, row.getInteger("version"));
              return rule(row);
            });
  }

  private static Refusal noSuchRule() {
    return Refusal.notFound("There is no such rule.");
  }

  private static Refusal notTheirs() {
    return Refusal.invalid("rule", "The site and the destination must be the client's own.");
  }

  private static void requireApprover(Principal by, int clientId) {
    if (!by.readable().includes(clientId)) throw Refusal.notFound("There is no such client.");
    by.require(Role.APPROVER, clientId);
  }

  private static void check(Principal by, int clientId, AlertRule rule) {
    requireApprover(by, clientId);
    if (rule.changes().isEmpty())
      throw Refusal.invalid("changes", "Choose at least one kind of change.");
    for (String check : rule.checks()) {
      if (!FindingTexts.ALL.containsKey(check))
        throw Refusal.invalid("check", "There is no check \"" + check + "\".");
    }
  }

  private static List<@Nullable Object> values(int clientId, AlertRule rule) {
    QuietHours quiet = rule.quiet();
    Destination destination = rule.destination();
    List<@Nullable Object> values = new ArrayList<>();
    values.add(clientId);
    values.add(rule.siteId());
    values.add(rule.least().name());
    values.add(rule.checks().toArray(String[]::new));
    values.add(rule.changes().stream().map(Enum::name).toArray(String[]::new));
    values.add(rule.tell().name());
    values.add(destination == null ? null : destination.id());
    values.add(rule.rhythm().kind().name());
    values.add((short) rule.rhythm().day().getValue());
    values.add(rule.rhythm().time());
    values.add(quiet == null ? null : quiet.from());
    values.add(quiet == null ? null : quiet.until());
    values.add(rule.rhythm().zone().getId());
    return values;
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
