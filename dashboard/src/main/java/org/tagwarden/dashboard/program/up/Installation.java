package org.tagwarden.dashboard.program.up;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.collector.db.EmbeddedPostgres;

/**
 * A running Tagwarden: data folder, PostgreSQL (unless another one is configured), server, and the
 * programs beside it, started in this order and ended in reverse.
 */
public final class Installation {
  private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

  private final Parts parts = new Parts();
  private final ServerConfig config;
  private final Clock clock;
  private final DataFolder data;
  private @Nullable Server server;

  private Installation(ServerConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.data = parts.add("data folder", DataFolder.open(config.dataDir()));
  }

  /** Takes the data folder; nothing runs yet. */
  public static Installation open(ServerConfig config, Clock clock) {
    Installation installation = new Installation(config, clock);
    try {
      Ports.requireFree("server", config.port(), "--port N");
      return installation;
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  /** Starts PostgreSQL, unless another one is configured, and the server. */
  public void startServer() throws IOException {
    server = parts.add("server", Server.start(config, database(), clock));
  }

  private DatabaseSettings database() throws IOException {
    DatabaseSettings configured = config.database();
    if (configured != null) return configured;
    LOG.info("Starting the embedded PostgreSQL");
    return parts.add("PostgreSQL", EmbeddedPostgres.start(data.sub("postgres"))).settings();
  }

  /** Starts a program beside the server. Its log is {@code logs/NAME.log} in the data folder. */
  public Child run(String name, List<String> command) throws IOException {
    Path log = data.sub("logs").resolve(name + ".log");
    return parts.add(name, new Child(name, command, log));
  }

  public DataFolder data() {
    return data;
  }

  public Collector collector() {
    return running().collector();
  }

  /** Where a program on this machine reaches the server. */
  public String localAddress() {
    return "http://127.0.0.1:" + running().port();
  }

  /** The one-time link for the first account; empty when somebody has one. */
  public Optional<String> setUpLink() {
    return Server.await(collector().access().links().forSetUp())
        .map(token -> collector().config().publicUrl() + "/setup/" + token);
  }

  private Server running() {
    Server now = server;
    if (now == null) throw new IllegalStateException("The server was not started");
    return now;
  }

  /** Returns when everything has been ended. */
  public void awaitEnd() throws InterruptedException {
    parts.awaitEnd();
  }

  /** Ends everything. */
  public void close() {
    parts.close();
  }
}
