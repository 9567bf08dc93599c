package org.tagwarden.collector.evidence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/**
 * The database at one moment, so that every file of a pack tells of the same. Rows come by a
 * cursor, a few hundred at a time. Blocks: for worker threads only.
 */
final class Snapshot implements AutoCloseable {
  private static final int PORTION = 400;
  private static final int PATIENCE_MINUTES = 10;
  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d)");

  private final SqlConnection connection;
  private final Transaction transaction;
  private final PackScope scope;

  private Snapshot(SqlConnection connection, Transaction transaction, PackScope scope) {
    this.connection = connection;
    this.transaction = transaction;
    this.scope = scope;
  }

  static Snapshot open(Database database, PackScope scope) {
    SqlConnection connection = await(database.pool().getConnection());
    try {
      Transaction transaction = await(connection.begin());
      Snapshot snapshot = new Snapshot(connection, transaction, scope);
      await(
          connection.query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY").execute());
      // "now" is the caller's clock, wherever the session's time zone is.
      await(connection.query("SET LOCAL TIME ZONE 'UTC'").execute());
      return snapshot;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  PackScope scope() {
    return scope;
  }

  /**
   * Every row as a line. The statement may use $1 site, $2 the period's first moment, $3 the first
   * one after it, $4 when the pack is made.
   */
  void each(String sql, LineSink sink) throws IOException {
    rows(sql, row -> sink.take(Line.of(row)));
  }

  /** Takes rows as the database has them. */
  interface RowSink {
    void take(Row row) throws IOException;
  }

  /** As {@link #each}, for what is no line. */
  void rows(String sql, RowSink sink) throws IOException {
    PreparedStatement statement = await(connection.prepare(sql));
    Cursor cursor = statement.cursor(parameters(sql));
    do {
      RowSet<Row> rows = await(cursor.read(PORTION));
      for (Row row : rows) sink.take(row);
    } while (cursor.hasMore());
    await(cursor.close());
    await(statement.close());
  }

  /** The first row; an empty line when there is none. */
  Line one(String sql) throws IOException {
    Line[] found = {new Line()};
    each(sql, line -> found[0] = line);
    return found[0];
  }

  private Tuple parameters(String sql) {
    int most = 0;
    Matcher parameter = PARAMETER.matcher(sql);
    while (parameter.find()) most = Math.max(most, Integer.parseInt(parameter.group(1)));
    Object[] all = {
      scope.site().id(),
      SqlTime.of(scope.period().since()),
      SqlTime.of(scope.period().until()),
      SqlTime.of(scope.madeAt())
    };
    Tuple tuple = Tuple.tuple();
    for (int i = 0; i < most; i++) tuple.addValue(all[i]);
    return tuple;
  }

  private static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw new IllegalStateException("The evidence could not be read", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("The database did not answer: no evidence was read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while reading evidence", e);
    }
  }

  @Override
  public void close() {
    try {
      await(transaction.rollback());
    } finally {
      connection.close();
    }
  }
}
