package org.tagwarden.collector.evidence;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;

/** What was written down about sites for auditors. Versions are only ever added. */
public final class ScopeNotes {
  private static final String NEWEST =
      """
      SELECT version, environment, payment, note, by_name, at FROM scope_note
      WHERE site_id = $1 ORDER BY version DESC LIMIT 1
      """;

  /** Writes one row for exactly one of two who save at the same time. */
  private static final String ADD =
      """
      INSERT INTO scope_note (site_id, version, environment, payment, note, by_name, at)
      SELECT $1, $2::int + 1, $3, $4, $5, $6, $7
      WHERE coalesce((SELECT max(version) FROM scope_note WHERE site_id = $1), 0) = $2
      ON CONFLICT DO NOTHING
      """;

  private final Database database;
  private final Sites sites;
  private final AuditLog audit;
  private final Clock clock;

  public ScopeNotes(Database database, Sites sites, AuditLog audit, Clock clock) {
    this.database = database;
    this.sites = sites;
    this.audit = audit;
    this.clock = clock;
  }

  /** A note, and who wrote it when. */
  public record Written(int version, ScopeNote note, String by, Instant at) {}

  /** The note that holds; for everybody who may read the site. */
  public Future<Optional<Written>> get(Principal by, int siteId) {
    return sites
        .get(by, siteId)
        .compose(site -> database.pool().preparedQuery(NEWEST).execute(tuple(site.id())))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(written(rows.iterator().next())));
  }

  /**
   * Writes the next version; for approvers.
   *
   * @param after the version that it was written upon, 0 for none; refused when there is a newer
   *     one
   */
  public Future<Void> write(Principal by, int siteId, int after, ScopeNote note) {
    return get(by, siteId)
        .compose(
            was ->
                sites
                    .get(by, siteId, Role.APPROVER)
                    .compose(site -> write(by, site, after, was.map(Written::note), note)));
  }

  private Future<Void> write(
      Principal by, Site site, int after, Optional<ScopeNote> was, ScopeNote note) {
    AuditEntry entry = AuditEntry.of(by, site.clientId(), "write scope note", site.name());
    return database.inTransaction(
        tx ->
            tx.preparedQuery(ADD)
                .execute(
                    tuple(
                        site.id(),
                        after,
                        note.environment().name(),
                        note.payment().name(),
                        note.note(),
                        by.name(),
                        SqlTime.now(clock)))
                .compose(
                    rows -> {
                      if (rows.rowCount() == 0) throw newer();
                      return audit.write(
                          tx, was.isEmpty() ? entry.made(note) : entry.changed(was.get(), note));
                    }));
  }

  private static Refusal newer() {
    return Refusal.of(
        Refusal.Kind.CONFLICT,
        "Somebody else wrote a newer note meanwhile: reload the page and look at it first.");
  }

  private static Written written(Row row) {
    return new Written(
        row.getInteger("version"),
        new ScopeNote(
            Environment.valueOf(row.getString("environment")),
            PaymentEmbedding.valueOf(row.getString("payment")),
            row.getString("note")),
        row.getString("by_name"),
        SqlTime.instant(row, "at"));
  }
}
