package org.tagwarden.collector.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that comes along, with durable settings: fsync on, scram-sha-256, a generated
 * password, loopback only. It is a process of its own that outlives a killed server; the next start
 * finds it by postmaster.pid and takes it over. One server per folder: the caller holds the lock.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final String NAME = "tagwarden";
  private static final long LARGEST_LOG = 10_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path home;
  private final Path data;
  private final PostgresCommands commands;
  private DatabaseSettings settings;

  private EmbeddedPostgres(Path home, PostgresCommands commands, DatabaseSettings settings) {
    this.home = home;
    this.data = home.resolve("data");
    this.commands = commands;
    this.settings = settings;
  }

  /**
   * Starts it, or takes over the one that a killed server left running; blocks until it answers.
   *
   * @param home a folder of its own; made if it is not there
   */
  public static EmbeddedPostgres start(Path home) {
    try {
      Path absolute = home.toAbsolutePath().normalize();
      Files.createDirectories(absolute);
      Files.setPosixFilePermissions(absolute, PosixFilePermissions.fromString("rwx------"));
      Path programs = PostgresBinaries.unpackInto(absolute);
      String password = password(absolute);
      DatabaseSettings settings =
          new DatabaseSettings(LOOPBACK, port(absolute), NAME, NAME, password, "disable");
      EmbeddedPostgres postgres =
          new EmbeddedPostgres(absolute, PostgresCommands.in(absolute, programs), settings);
      postgres.startOrTakeOver();
      return postgres;
    } catch (IOException e) {
      throw new DatabaseException("The embedded PostgreSQL in " + home + " did not start: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException("Interrupted while PostgreSQL started", e);
    }
  }

  /**
   * How to connect to the one that runs in this folder already, for a program beside the server;
   * empty when none runs there. Nothing is started or made.
   */
  public static Optional<DatabaseSettings> running(Path home) {
    Path absolute = home.toAbsolutePath().normalize();
    try {
      if (!Files.exists(absolute.resolve("data/postmaster.pid"))) return Optional.empty();
      DatabaseSettings settings =
          new DatabaseSettings(
              LOOPBACK,
              Integer.parseInt(Files.readString(absolute.resolve("port")).strip()),
              NAME,
              NAME,
              Files.readString(absolute.resolve("password")).strip(),
              "disable");
      connect(settings).close();
      return Optional.of(settings);
    } catch (IOException | SQLException e) {
      LOG.debug("No PostgreSQL answers in {}", absolute, e);
      return Optional.empty();
    }
  }

  /** Whether a database was ever made in this folder. */
  public static boolean isIn(Path home) {
    return Files.exists(home.resolve("data/PG_VERSION"));
  }

  /** How to connect to it. */
  public DatabaseSettings settings() {
    return settings;
  }

  private void startOrTakeOver() throws IOException, InterruptedException {
    if (!Files.exists(data.resolve("PG_VERSION"))) create();
    if (!takeOver()) launch();
    createDatabase();
  }

  private void create() throws IOException, InterruptedException {
    LOG.info("Making a new database in {}", data);
    Path unfinished = home.resolve("data.unfinished");
    PostgresBinaries.delete(unfinished);
    commands.run(
        "Making the database",
        "initdb",
        List.of(
            "--pgdata=" + unfinished,
            "--username=" + NAME,
            "--pwfile=" + home.resolve("password"),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions"));
    PostgresBinaries.move(unfinished, data);
  }

  /** Whether a server was running already on this data. Waits for one that is coming or going. */
  private boolean takeOver() throws IOException, InterruptedException {
    Path pidFile = data.resolve("postmaster.pid");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (Files.exists(pidFile)) {
      List<String> lines = Files.readAllLines(pidFile);
      Optional<ProcessHandle> owner = owner(lines);
      if (owner.isEmpty()) {
        LOG.info("Removing {}, whose process is gone", pidFile);
        Files.deleteIfExists(pidFile);
        return false;
      }
      if (lines.size() > 3 && answersAt(Integer.parseInt(lines.get(3).strip()))) {
        LOG.info("Taking over the PostgreSQL that still runs as process {}", owner.get().pid());
        return true;
      }
      if (System.nanoTime() > deadline) {
        throw new DatabaseException(
            "PostgreSQL runs as process "
                + owner.get().pid()
                + " on "
                + data
                + " but does not answer: end that process and start again.");
      }
      Thread.sleep(50); // it is starting up, recovering or shutting down: no event tells
    }
    return false;
  }

  /**
   * The living process that postmaster.pid names, if it is a PostgreSQL: numbers are used again.
   */
  private static Optional<ProcessHandle> owner(List<String> pidFile) {
    if (pidFile.isEmpty() || pidFile.get(0).isBlank()) return Optional.empty();
    return ProcessHandle.of(Long.parseLong(pidFile.get(0).strip()))
        .filter(ProcessHandle::isAlive)
        .filter(process -> process.info().command().map(c -> c.endsWith("/postgres")).orElse(true));
  }

  /** Whether the server at this port takes our password and works on our data. */
  private boolean answersAt(int port) throws IOException {
    DatabaseSettings there = settings.withPort(port).withDatabase("postgres");
    try (Connection connection = connect(there);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW data_directory")) {
      if (!row.next() || !Files.isSameFile(Path.of(row.getString(1)), data)) return false;
      remember(port);
      return true;
    } catch (SQLException e) {
      LOG.debug("No answer yet at port {}: {}", port, e.getMessage());
      return false;
    }
  }

  private void launch() throws IOException, InterruptedException {
    if (!free(settings.port())) {
      int other = freePort();
      LOG.info("Port {} is taken; PostgreSQL moves to {}", settings.port(), other);
      remember(other);
    }
    Path log = home.resolve("postgres.log");
    if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
      Files.move(log, home.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    String options =
        String.join(
            " ",
            "-c port=" + settings.port(),
            "-c listen_addresses=" + LOOPBACK,
            "-c unix_socket_directories=''",
            "-c fsync=on",
            "-c synchronous_commit=on",
            "-c full_page_writes=on",
            "-c max_connections=100",
            "-c timezone=UTC");
    commands.run(
        "Starting PostgreSQL",
        "pg_ctl",
        List.of(
            "start",
            "--pgdata=" + data,
            "--log=" + log,
            "--wait",
            "--timeout=" + PATIENCE.toSeconds(),
            "--options=" + options));
  }

  private void createDatabase() {
    try (Connection connection = connect(settings.withDatabase("postgres"));
        Statement statement = connection.createStatement()) {
      ResultSet there =
          statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + NAME + "'");
      if (!there.next()) statement.execute("CREATE DATABASE " + NAME);
    } catch (SQLException e) {
      throw new DatabaseException("PostgreSQL at " + settings + " runs but refuses us: " + e, e);
    }
  }

  private static Connection connect(DatabaseSettings to) throws SQLException {
    return DriverManager.getConnection(
        to.jdbcUrl() + "&connectTimeout=5&socketTimeout=10", to.user(), to.password());
  }

  private void remember(int port) throws IOException {
    Files.writeString(home.resolve("port"), port + "\n");
    settings = settings.withPort(port);
  }

  private static int port(Path home) throws IOException {
    Path file = home.resolve("port");
    if (!Files.exists(file)) Files.writeString(file, freePort() + "\n");
    return Integer.parseInt(Files.readString(file).strip());
  }

  private static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.isBound();
    } catch (IOException e) {
      return false; // said by the caller
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.getLocalPort();
    }
  }

  private static String password(Path home) throws IOException {
    Path file = home.resolve("password");
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Path unfinished = home.resolve("password.unfinished");
      Files.deleteIfExists(unfinished);
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(unfinished, HexFormat.of().formatHex(random) + "\n");
      PostgresBinaries.move(unfinished, file);
    }
    return Files.readString(file).strip();
  }

  /** Ends it in order: everything committed is on the disk. */
  @Override
  public void close() {
    try {
      commands.run(
          "Stopping PostgreSQL",
          "pg_ctl",
          List.of(
              "stop",
              "--pgdata=" + data,
              "--mode=fast",
              "--wait",
              "--timeout=" + PATIENCE.toSeconds()));
    } catch (IOException e) {
      throw new DatabaseException("PostgreSQL in " + home + " could not be stopped: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseException("Interrupted while PostgreSQL stopped", e);
    }
  }
}
