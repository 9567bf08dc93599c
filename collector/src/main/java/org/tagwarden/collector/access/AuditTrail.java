package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;

/** Reads the audit log: for admins and auditors of a client, and as a whole into a file. */
public final class AuditTrail {
  private static final int PORTION = 1_000;

  private final Database database;

  public AuditTrail(Database database) {
    this.database = database;
  }

  /** The newest entries that the principal may read and that the filter lets through. */
  public Future<List<AuditLine>> list(Principal by, AuditFilter filter, int limit) {
    return database
        .pool()
        .preparedQuery(AuditQueries.ENTRIES)
        .execute(
            SqlValues.tuple(
                by.scope(Role.AUDITOR).parameter(),
                filter.who(),
                filter.clientId(),
                time(filter.from()),
                time(filter.until()),
                filter.below(),
                limit))
        .map(
            rows -> {
              List<AuditLine> lines = new ArrayList<>();
              for (Row row : rows) lines.add(line(row));
              return lines;
            });
  }

  /** Everybody who stands in the entries that the principal may read. */
  public Future<List<String>> doers(Principal by) {
    return database
        .pool()
        .preparedQuery(AuditQueries.DOERS)
        .execute(SqlValues.tuple(by.scope(Role.AUDITOR).parameter()))
        .map(
            rows -> {
              List<String> names = new ArrayList<>();
              for (Row row : rows) names.add(row.getString("who"));
              return names;
            });
  }

  /** What was written into a file: the number of entries and the newest one's hash. */
  public record Exported(long entries, String hash) {}

  /** Hands over the lines of an {@link AuditFile}, in order. */
  public Future<Exported> export(Consumer<String> lines) {
    lines.accept(AuditFile.FIRST_LINE);
    return export(lines, new Exported(0, AuditFile.NO_HASH))
        .map(
            all -> {
              lines.accept(AuditFile.lastLine(all.entries(), all.hash()));
              return all;
            });
  }

  private Future<Exported> export(Consumer<String> lines, Exported soFar) {
    return database
        .pool()
        .preparedQuery(AuditQueries.TEXTS)
        .execute(SqlValues.tuple(soFar.entries(), PORTION))
        .compose(
            rows -> {
              Exported now = hand(rows, lines, soFar);
              return rows.rowCount() < PORTION ? Future.succeededFuture(now) : export(lines, now);
            });
  }

  /** The numbers have no gaps: the newest one is how many there are. */
  private static Exported hand(RowSet<Row> rows, Consumer<String> lines, Exported soFar) {
    Exported now = soFar;
    for (Row row : rows) {
      now = new Exported(row.getLong("seq"), row.getString("hash"));
      lines.accept(AuditFile.line(row.getString("text"), now.hash()));
    }
    return now;
  }

  private static @Nullable Object time(@Nullable Instant instant) {
    return instant == null ? null : SqlTime.of(instant);
  }

  private static AuditLine line(Row row) {
    return new AuditLine(
        row.getLong("seq"),
        SqlTime.instant(row, "at"),
        row.getString("who"),
        row.getString("way"),
        row.getString("token"),
        row.getString("address"),
        row.getString("client"),
        row.getString("action"),
        row.getString("subject"),
        row.getJsonObject("detail"),
        row.getJsonObject("before"),
        row.getJsonObject("after"),
        row.getString("hash"));
  }
}
