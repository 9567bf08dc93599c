package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;

/** Reads the audit log, for admins and auditors of a client. As a file: {@link AuditExport}. */
public final class AuditTrail {
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
