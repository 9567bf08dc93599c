package org.tagwarden.dashboard.program.up;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.dashboard.DashboardRoutes;

/** The server: the collector's API and the dashboard's pages on one port. */
public final class Server implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Vertx vertx;
  private final Collector collector;
  private final HttpServer http;

  private Server(Vertx vertx, Collector collector, HttpServer http) {
    this.vertx = vertx;
    this.collector = collector;
    this.http = http;
  }

  /** Returns when it answers and its loops run. Called from a main thread, never an event loop. */
  public static Server start(ServerConfig config, DatabaseSettings database, Clock clock) {
    Vertx vertx = Vertx.vertx();
    try {
      Collector collector = await(Collector.open(vertx, config, database, clock));
      Router router = Router.router(vertx);
      await(collector.mount(router));
      DashboardRoutes.mount(router, collector, clock);
      HttpServer http = await(listen(vertx, router, config));
      collector.startLoops();
      return new Server(vertx, collector, http);
    } catch (RuntimeException e) {
      await(vertx.close());
      throw e;
    }
  }

  private static Future<HttpServer> listen(Vertx vertx, Router router, ServerConfig config) {
    HttpServerOptions options =
        DashboardRoutes.httpOptions().setHost(config.host()).setPort(config.port());
    return vertx
        .createHttpServer(options)
        .requestHandler(router)
        .listen()
        .recover(
            failure ->
                Future.failedFuture(
                    failure instanceof BindException
                        ? Ports.taken("server", config.port(), "--port N")
                        : failure));
  }

  public Collector collector() {
    return collector;
  }

  /** The port it listens on. */
  public int port() {
    return http.actualPort();
  }

  /** Takes no more calls, ends the loops, and lets go of the database. */
  @Override
  public void close() {
    await(http.close());
    await(collector.close());
    await(vertx.close());
  }

  /** The future's value; its failure as it is. */
  public static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) throw known;
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("No answer within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }
}
