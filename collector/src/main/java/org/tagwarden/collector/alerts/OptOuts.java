package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/** Who wants no mails about a site: in sight, and taken back by administrators. */
public final class OptOuts {
  private static final String LIST =
      """
      SELECT o.site_id, s.name AS site, s.client_id, o.email, o.at
      FROM alert_opt_out o JOIN site s ON s.id = o.site_id
      WHERE s.archived_at IS NULL AND ($1::int[] IS NULL OR s.client_id = ANY($1))
      ORDER BY s.name, o.email
      """;

  private static final String REMOVE =
      """
      DELETE FROM alert_opt_out o USING site s
      WHERE s.id = o.site_id AND o.site_id = $1 AND o.email = lower($2)
        AND ($3::int[] IS NULL OR s.client_id = ANY($3))
      RETURNING s.client_id, s.name
      """;

  private final Database database;
  private final AuditLog audit;

  public OptOuts(Database database, AuditLog audit) {
    this.database = database;
    this.audit = audit;
  }

  /**
   * Somebody who unsubscribed.
   *
   * @param mayEnd whether the one who asks may take it back
   */
  public record OptOut(int siteId, String site, String email, Instant at, boolean mayEnd) {}

  /** Of every site that the principal may read. */
  public Future<List<OptOut>> list(Principal by) {
    return database
        .pool()
        .preparedQuery(LIST)
        .execute(tuple(by.readable().parameter()))
        .map(
            rows -> {
              List<OptOut> all = new ArrayList<>();
              for (Row row : rows) {
                all.add(
                    new OptOut(
                        row.getInteger("site_id"),
                        row.getString("site"),
                        row.getString("email"),
                        SqlTime.instant(row, "at"),
                        by.may(Role.ADMIN, row.getInteger("client_id"))));
              }
              return all;
            });
  }

  /** Mails go to that address again; for administrators. */
  public Future<Void> end(Principal by, int siteId, String email) {
    return database.inTransaction(
        tx ->
            tx.preparedQuery(REMOVE)
                .execute(tuple(siteId, email, by.scope(Role.ADMIN).parameter()))
                .compose(
                    rows ->
                        audit.write(
                            tx,
                            rows,
                            Refusal.invalid(
                                "email", "This address has not unsubscribed: reload the page."),
                            row ->
                                AuditEntry.of(
                                        by,
                                        row.getInteger("client_id"),
                                        "send alerts again",
                                        row.getString("name"))
                                    .gone(Map.of("unsubscribed", email)))));
  }
}
