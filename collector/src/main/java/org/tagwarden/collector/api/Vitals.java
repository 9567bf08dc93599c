package org.tagwarden.collector.api;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.db.Database;

/**
 * How the server is: /health (the process answers), /ready (so does its database), /metrics (for
 * Prometheus). Figures only, no names of clients or sites.
 */
public final class Vitals {
  private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);
  private static final long PATIENCE_SECONDS = 3;

  /** Figures that the database knows, each a count of rows. */
  private static final String COUNTS =
      """
      SELECT 'tagwarden_jobs_waiting' AS name, count(*) AS count FROM scan_job WHERE state = 'WAITING'
      UNION ALL
      SELECT 'tagwarden_jobs_leased', count(*) FROM scan_job WHERE state = 'LEASED'
      UNION ALL
      SELECT 'tagwarden_jobs_parked', count(*) FROM scan_job WHERE state = 'PARKED'
      UNION ALL
      SELECT 'tagwarden_alerts_waiting', count(*) FROM alert WHERE state IN ('WAITING', 'SENDING')
      UNION ALL
      SELECT 'tagwarden_alerts_failed', count(*) FROM alert WHERE state = 'FAILED'
      UNION ALL
      SELECT 'tagwarden_findings_open', count(*) FROM finding WHERE state = 'OPEN'
      """;

  private final Database database;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, Long> counts = new ConcurrentHashMap<>();
  private final JvmGcMetrics collections = new JvmGcMetrics();

  public Vitals(Database database) {
    this.database = database;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  /** Adds the three routes. */
  public void mount(Router router) {
    router.get("/health").handler(context -> context.response().end("ok\n"));
    router.get("/ready").handler(this::ready);
    router.get("/metrics").handler(this::metrics);
  }

  /** Stops listening to the garbage collector. */
  public void close() {
    collections.close();
    registry.close();
  }

  private void ready(RoutingContext context) {
    database
        .pool()
        .query("SELECT 1")
        .execute()
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .onSuccess(rows -> context.response().end("ready\n"))
        .onFailure(
            e -> {
              LOG.warn("Not ready: the database does not answer", e);
              context.response().setStatusCode(503).end("The database does not answer.\n");
            });
  }

  private void metrics(RoutingContext context) {
    count()
        .onSuccess(
            counted ->
                context
                    .response()
                    .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                    .end(registry.scrape()))
        .onFailure(
            e -> {
              LOG.warn("Metrics without the database's figures are not given", e);
              context.response().setStatusCode(503).end("The database does not answer.\n");
            });
  }

  private Future<Void> count() {
    return database
        .pool()
        .query(COUNTS)
        .execute()
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .map(
            rows -> {
              for (Row row : rows) {
                String name = row.getString("name");
                if (counts.put(name, row.getLong("count")) == null) {
                  Gauge.builder(name, () -> counts.getOrDefault(name, 0L)).register(registry);
                }
              }
              return null;
            });
  }
}
