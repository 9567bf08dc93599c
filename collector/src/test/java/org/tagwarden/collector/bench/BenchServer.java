package org.tagwarden.collector.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.collector.db.EmbeddedPostgres;
import org.tagwarden.collector.db.Migrations;

/** The PostgreSQL that comes along, durable as in production, in a folder that goes away. */
final class BenchServer implements AutoCloseable {
  private static final int PATIENCE_MINUTES = 20;
  private static final double TICKS_PER_SECOND = 100;

  private final Path home;
  private final EmbeddedPostgres postgres;
  private final Vertx vertx = Vertx.vertx();
  private final Database database;

  BenchServer() throws IOException {
    home = Files.createTempDirectory("tagwarden-bench");
    postgres = EmbeddedPostgres.start(home.resolve("postgres"));
    Migrations.run(postgres.settings());
    database = Database.open(vertx, postgres.settings());
  }

  Vertx vertx() {
    return vertx;
  }

  Database database() {
    return database;
  }

  DatabaseSettings settings() {
    return postgres.settings();
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (TimeoutException e) {
      throw new IllegalStateException("No answer in " + PATIENCE_MINUTES + " minutes", e);
    }
  }

  void sql(String statements) {
    await(database.pool().query(statements).execute());
  }

  /** CPU seconds that PostgreSQL's processes have used so far (Linux). */
  double postgresCpuSeconds() {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      String postmaster =
          Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).get(0).strip();
      return processes.mapToDouble(process -> cpuSeconds(process, postmaster)).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double cpuSeconds(Path process, String postmaster) {
    try {
      if (!process.getFileName().toString().matches("\\d+")) return 0;
      String stat = Files.readString(process.resolve("stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
      boolean ours =
          process.getFileName().toString().equals(postmaster) || fields.get(1).equals(postmaster);
      return ours
          ? (Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12))) / TICKS_PER_SECOND
          : 0;
    } catch (IOException e) {
      return 0; // it ended meanwhile
    }
  }

  @Override
  public void close() throws IOException {
    await(database.close());
    await(vertx.close());
    postgres.close();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    }
  }
}
