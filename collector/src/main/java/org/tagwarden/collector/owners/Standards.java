package org.tagwarden.collector.owners;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/** What a client has written down about what may be deployed. Versions are only ever added. */
public final class Standards {
  private static final int LONGEST = 100_000;

  private static final String VERSIONS =
      """
      SELECT version, by_name, at FROM deployment_standard WHERE client_id = $1 ORDER BY version DESC
      """;

  /** $1 client, $2 version; null for the one that holds. */
  private static final String TEXT =
      """
      SELECT version, text, by_name, at FROM deployment_standard
      WHERE client_id = $1 AND ($2::int IS NULL OR version = $2) ORDER BY version DESC LIMIT 1
      """;

  /** Writes one row for exactly one of two who save at the same time. */
  private static final String ADD =
      """
      INSERT INTO deployment_standard (client_id, version, text, by_name, at)
      SELECT $1, $2::int + 1, $3, $4, $5
      WHERE coalesce((SELECT max(version) FROM deployment_standard WHERE client_id = $1), 0) = $2
      ON CONFLICT DO NOTHING
      """;

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  public Standards(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** Who wrote a version, and when. */
  public record Version(int number, String by, Instant at) {}

  /** A version with its Markdown. */
  public record Standard(Version version, String text) {}

  /** The newest first; empty while nothing is written down. */
  public Future<List<Version>> versions(Principal by, int clientId) {
    requireReader(by, clientId);
    return database
        .pool()
        .preparedQuery(VERSIONS)
        .execute(tuple(clientId))
        .map(
            rows -> {
              List<Version> versions = new ArrayList<>();
              for (Row row : rows) versions.add(version(row));
              return versions;
            });
  }

  /** A version, or with null the one that holds; null when there is none. */
  public Future<@Nullable Standard> get(Principal by, int clientId, @Nullable Integer version) {
    requireReader(by, clientId);
    return database
        .pool()
        .preparedQuery(TEXT)
        .execute(tuple(clientId, version))
        .map(
            rows -> {
              if (rows.size() == 0) return null;
              Row row = rows.iterator().next();
              return new Standard(version(row), row.getString("text"));
            });
  }

  /**
   * Writes the next version; for approvers.
   *
   * @param after the version that it was written upon; refused when there is a newer one
   */
  public Future<Void> write(Principal by, int clientId, int after, String text) {
    requireReader(by, clientId);
    by.require(Role.APPROVER, clientId);
    if (text.isBlank() || text.length() > LONGEST)
      throw Refusal.invalid("text", "Write between 1 and " + LONGEST + " characters.");
    return database.inTransaction(
        tx ->
            tx.preparedQuery(ADD)
                .execute(tuple(clientId, after, text, by.name(), SqlTime.now(clock)))
                .compose(
                    rows -> {
                      if (rows.rowCount() == 0)
                        throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "Somebody else saved a newer version meanwhile: copy your text, reload"
                                + " the page and put it in there.");
                      AuditEntry entry =
                          AuditEntry.of(by, clientId, "write standard", "version " + (after + 1));
                      return audit.write(tx, entry.made(Map.of("characters", text.length())));
                    }));
  }

  private static void requireReader(Principal by, int clientId) {
    if (!by.readable().includes(clientId)) throw Refusal.notFound("There is no such client.");
  }

  private static Version version(Row row) {
    return new Version(
        row.getInteger("version"), row.getString("by_name"), SqlTime.instant(row, "at"));
  }
}
