package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;

/** The seals of one key as the database keeps them. */
final class SealStore {
  private final Database database;
  private final Buffer key;

  SealStore(Database database, SigningKey key) {
    this.database = database;
    this.key = SqlValues.bytes(key.fingerprint());
  }

  Future<Optional<AuditSeal>> newest() {
    return database
        .pool()
        .preparedQuery(AuditQueries.NEWEST_SEAL)
        .execute(SqlValues.tuple(key))
        .map(
            rows ->
                rows.size() == 0 ? Optional.empty() : Optional.of(seal(rows.iterator().next())));
  }

  /** Those of the entries after the first and up to the last number, in order. */
  Future<List<AuditSeal>> between(long after, long upTo) {
    return database
        .pool()
        .preparedQuery(AuditQueries.SEALS)
        .execute(SqlValues.tuple(key, after, upTo))
        .map(
            rows -> {
              List<AuditSeal> seals = new ArrayList<>();
              for (Row row : rows) seals.add(seal(row));
              return seals;
            });
  }

  Future<Void> add(AuditSeal seal) {
    return database
        .pool()
        .preparedQuery(AuditQueries.INSERT_SEAL)
        .execute(
            SqlValues.tuple(
                seal.seq(),
                SqlValues.bytes(seal.hash()),
                SqlTime.of(seal.at()),
                key,
                Buffer.buffer(Base64.getDecoder().decode(seal.signature()))))
        .mapEmpty();
  }

  private static AuditSeal seal(Row row) {
    return new AuditSeal(
        row.getLong("seq"),
        row.getString("hash"),
        SqlTime.instant(row, "at"),
        row.getString("signature").replace("\n", ""));
  }
}
