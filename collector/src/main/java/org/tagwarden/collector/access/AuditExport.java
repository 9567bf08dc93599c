package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlValues;

/**
 * The whole audit log as an {@link AuditFile}, in portions, while it is written on: entries have
 * their numbers in the order of the commits, so that what comes meanwhile is at the end.
 */
public final class AuditExport {
  private static final int PORTION = 1_000;

  private final Database database;
  private final @Nullable SigningKey key;
  private final Clock clock;

  /**
   * @param key signs the file; null: it is not signed
   */
  public AuditExport(Database database, @Nullable SigningKey key, Clock clock) {
    this.database = database;
    this.key = key;
    this.clock = clock;
  }

  /** What was written: the number of entries and the newest one's hash. */
  public record Exported(long entries, String hash) {}

  /**
   * Hands over the file.
   *
   * @param sound whether the log is what was signed before; otherwise its end is not signed
   * @param out takes a portion; the next one comes when it has
   */
  public Future<Exported> write(boolean sound, Function<Buffer, Future<Void>> out) {
    String first = key == null ? AuditFile.FIRST_LINE : AuditFile.firstLine(key);
    return out.apply(Buffer.buffer(first + "\n"))
        .compose(begun -> portions(out, new Exported(0, AuditFile.NO_HASH)))
        .compose(all -> out.apply(Buffer.buffer(closingLine(all, sound) + "\n")).map(all));
  }

  private String closingLine(Exported all, boolean sound) {
    return key == null || !sound
        ? AuditFile.lastLine(all.entries(), all.hash())
        : AuditSeal.ending(key, all.entries(), all.hash(), clock.instant()).closingLine();
  }

  private Future<Exported> portions(Function<Buffer, Future<Void>> out, Exported soFar) {
    return database
        .pool()
        .preparedQuery(AuditQueries.TEXTS)
        .execute(SqlValues.tuple(soFar.entries(), PORTION))
        .compose(
            rows -> {
              if (rows.size() == 0) return Future.succeededFuture(soFar);
              return seals(soFar.entries(), newest(rows))
                  .compose(
                      seals -> {
                        Buffer lines = Buffer.buffer();
                        Exported now = lines(rows, seals, lines);
                        return out.apply(lines).map(now);
                      })
                  .compose(
                      now ->
                          rows.size() < PORTION ? Future.succeededFuture(now) : portions(out, now));
            });
  }

  private static long newest(RowSet<Row> rows) {
    long newest = 0;
    for (Row row : rows) newest = row.getLong("seq");
    return newest;
  }

  /** By the entry that they seal. */
  private Future<Map<Long, String>> seals(long after, long upTo) {
    if (key == null) return Future.succeededFuture(Map.of());
    Future<List<AuditSeal>> found = new SealStore(database, key).between(after, upTo);
    return found.map(
        seals -> {
          Map<Long, String> lines = new HashMap<>();
          for (AuditSeal seal : seals) lines.put(seal.seq(), seal.line());
          return lines;
        });
  }

  private static Exported lines(RowSet<Row> rows, Map<Long, String> seals, Buffer into) {
    long seq = 0;
    String hash = AuditFile.NO_HASH;
    for (Row row : rows) {
      seq = row.getLong("seq");
      hash = row.getString("hash");
      into.appendString(AuditFile.line(row.getString("text"), hash)).appendString("\n");
      String seal = seals.get(seq);
      if (seal != null) into.appendString(seal).appendString("\n");
    }
    return new Exported(seq, hash);
  }
}
