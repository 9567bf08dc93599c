package org.tagwarden.collector;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.OneTimeLinks;
import org.tagwarden.collector.access.People;
import org.tagwarden.collector.access.Sessions;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.collector.db.Migrations;
import org.tagwarden.collector.schedule.JobQueue;
import org.tagwarden.collector.schedule.Scans;
import org.tagwarden.collector.schedule.ScheduleLoop;
import org.tagwarden.collector.schedule.Schedules;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.collector.site.Sites;

/**
 * Every service of the server, wired in plain sight. {@link #open} migrates and connects, {@link
 * #mount} adds the API's routes, {@link #close} ends the loops and the connections.
 */
public final class Collector {
  private final ServerConfig config;
  private final Database database;
  private final OneTimeLinks links;
  private final People people;
  private final Sessions sessions;
  private final ApiTokens tokens;
  private final Clients clients;
  private final Sites sites;
  private final JobQueue jobs;
  private final Scans scans;
  private final Schedules schedules;
  private final ScheduleLoop scheduleLoop;

  private Collector(Vertx vertx, ServerConfig config, DatabaseSettings settings, Clock clock) {
    this.config = config;
    this.database = Database.open(vertx, settings);

    AuditLog audit = new AuditLog(clock);
    this.links = new OneTimeLinks(database, clock);
    this.people = new People(vertx, database, links, audit, clock);
    Duration sessionLife = Duration.ofHours(config.limits().sessionHours());
    this.sessions = new Sessions(database, people, links, clock, sessionLife);
    this.tokens = new ApiTokens(database, audit, clock);

    this.clients = new Clients(database, audit, clock);
    this.sites = new Sites(database, audit, clock);

    this.jobs = new JobQueue(vertx, database, clock, config.limits().leaseSeconds());
    this.scans = new Scans(database, sites, jobs, audit, clock);
    this.schedules = new Schedules(database, sites, audit, clock);
    this.scheduleLoop = new ScheduleLoop(vertx, database, scans, jobs, clock);
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
  public void startLoops() {
    scheduleLoop.start();
  }

  public ServerConfig config() {
    return config;
  }

  public Database database() {
    return database;
  }

  public OneTimeLinks links() {
    return links;
  }

  public People people() {
    return people;
  }

  public Sessions sessions() {
    return sessions;
  }

  public ApiTokens tokens() {
    return tokens;
  }

  public Clients clients() {
    return clients;
  }

  public Sites sites() {
    return sites;
  }

  public JobQueue jobs() {
    return jobs;
  }

  public Scans scans() {
    return scans;
  }

  public Schedules schedules() {
    return schedules;
  }

  /** Ends the loops and closes the connections. */
  public Future<Void> close() {
    scheduleLoop.stop();
    return database.close();
  }
}
