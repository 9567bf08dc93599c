package org.tagwarden.collector.db;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.function.Function;

/** The connection pool. Its futures complete on the caller's Vert.x context. */
public final class Database {
  private static final int POOL_SIZE = 12;

  private final Pool pool;

  private Database(Pool pool) {
    this.pool = pool;
  }

  /** A pool for these settings; connections are opened when first needed. */
  public static Database open(Vertx vertx, DatabaseSettings settings) {
    return open(vertx, settings, POOL_SIZE);
  }

  /** Likewise, of so many connections: for work that must not queue behind all other work. */
  public static Database open(Vertx vertx, DatabaseSettings settings, int connections) {
    PgConnectOptions options = settings.connectOptions();
    options.setCachePreparedStatements(true);
    options.addProperty("application_name", "tagwarden");
    if (options.getSslMode() != SslMode.DISABLE) {
      boolean verified =
          options.getSslMode() == SslMode.VERIFY_CA || options.getSslMode() == SslMode.VERIFY_FULL;
      // "prefer" and "require" encrypt without asking who answers, as libpq defines them.
      options.setSslOptions(
          new ClientSSLOptions()
              .setTrustAll(!verified)
              .setHostnameVerificationAlgorithm(
                  options.getSslMode() == SslMode.VERIFY_FULL ? "HTTPS" : ""));
    }
    return new Database(
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(connections))
            .connectingTo(options)
            .using(vertx)
            .build());
  }

  /** For single statements. */
  public Pool pool() {
    return pool;
  }

  /** All or nothing: commits when the future succeeds, rolls back when it fails. */
  public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
    return pool.withTransaction(work);
  }

  /** Closes every connection. */
  public Future<Void> close() {
    return pool.close();
  }
}
