package org.tagwarden.dashboard.program.up;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
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

  private final Parts parts;
  private final DataFolder data;
  private final Server server;

  private Installation(Parts parts, DataFolder data, Server server) {
    this.parts = parts;
    this.data = data;
    this.server = server;
  }

  /** Starts database and server; what was started is ended again when something fails. */
  public static Installation start(ServerConfig config, Clock clock) throws IOException {
    Parts parts = new Parts();
    try {
      DataFolder data = parts.add("data folder", DataFolder.open(config.dataDir()));
      Ports.requireFree("server", config.port(), "--port N");
      Server server =
          parts.add("server", Server.start(config, database(config, data, parts), clock));
      return new Installation(parts, data, server);
    } catch (IOException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static DatabaseSettings database(ServerConfig config, DataFolder data, Parts parts)
      throws IOException {
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
    return server.collector();
  }

  /** Where a program on this machine reaches the server. */
  public String localAddress() {
    return "http://127.0.0.1:" + server.port();
  }

  /** The one-time link for the first account; empty when somebody has one. */
  public Optional<String> setUpLink() {
    return Server.await(collector().links().forSetUp())
        .map(token -> collector().config().publicUrl() + "/setup/" + token);
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
