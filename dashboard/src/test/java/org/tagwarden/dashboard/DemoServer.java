package org.tagwarden.dashboard;

import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.access.AuditFilter;
import org.tagwarden.collector.access.AuditLine;
import org.tagwarden.collector.access.OneTimeLinks.Purpose;
import org.tagwarden.collector.access.Person;
import org.tagwarden.collector.access.PersonDraft;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.access.Session;
import org.tagwarden.collector.db.TestDatabase;

/**
 * The whole server on a fresh database with a believable history (demo-rows.sql): for tests, and
 * with {@link #main} for looking at pages while changing them.
 */
final class DemoServer implements AutoCloseable {
  static final String ADMIN = "ada@tagwarden.example";
  static final String APPROVER = "tom@nordwind.example";
  static final String VIEWER = "mia@harbour-bank.example";
  static final String PASSWORD = "correct horse battery staple";

  private final TestDatabase database;
  private final Collector collector;
  private final HttpServer http;
  private final Router router;
  private int newcomers;

  private DemoServer(boolean filled, int port, Map<String, String> settings, Clock clock) {
    database = TestDatabase.fresh();
    if (filled) database.sql(rows());
    collector =
        await(
            Collector.open(
                database.vertx(),
                ServerConfig.load(null, environment(port, settings)),
                database.settings(),
                clock));
    router = Router.router(database.vertx());
    await(collector.mount(router));
    DashboardRoutes.mount(router, collector, clock);
    http =
        await(
            database
                .vertx()
                .createHttpServer(DashboardRoutes.httpOptions())
                .requestHandler(router)
                .listen(port, "127.0.0.1"));
    if (filled) people();
  }

  private Map<String, String> environment(int port, Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.putIfAbsent("TAGWARDEN_PUBLIC_URL", "http://localhost:" + port);
    // What lies there belongs to one database: the newest seal of its audit log.
    environment.put("TAGWARDEN_DATA_DIR", "target/demo-data/" + database.settings().database());
    return environment;
  }

  /** With clients, sites, a history and three people. */
  static DemoServer filled() {
    return filled(Map.of());
  }

  /** Likewise, with settings as environment variables. */
  static DemoServer filled(Map<String, String> settings) {
    return filled(settings, Clock.systemUTC());
  }

  /** Likewise, with a clock that a test moves. */
  static DemoServer filled(Map<String, String> settings, Clock clock) {
    return new DemoServer(true, 0, settings, clock);
  }

  /** As it is after the first start. */
  static DemoServer empty() {
    return new DemoServer(false, 0, Map.of(), Clock.systemUTC());
  }

  private void people() {
    Optional<String> link = await(collector.access().links().forSetUp());
    await(
        collector
            .access()
            .people()
            .setUp(link.orElseThrow(), new PersonDraft(ADMIN, "Ada Lindqvist"), PASSWORD));
    member(APPROVER, "Tom Brandt", Role.APPROVER, clientId("Nordwind Retail"));
    member(VIEWER, "Mia Castellanos", Role.VIEWER, clientId("Harbour Bank"));
  }

  /** Somebody with {@link #PASSWORD}. */
  Person member(String email, String name, Role role, int clientId) {
    Person person =
        await(
            collector
                .access()
                .people()
                .createUnasked("test", new PersonDraft(email, name), role, clientId));
    String link =
        await(
            collector
                .access()
                .links()
                .issue(Purpose.INVITE, person.id(), java.time.Duration.ofHours(1)));
    return await(collector.access().credentials().set(link, Purpose.INVITE, PASSWORD));
  }

  /**
   * The audit log's newest entries, the newest first, as soon as one says this: some are written
   * beside the answer.
   */
  List<AuditLine> auditOnce(String action) {
    Principal all = new Principal(null, "Test", Role.ADMIN, Map.of());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      List<AuditLine> lines =
          await(collector.access().auditTrail().list(all, AuditFilter.ALL, 200));
      if (lines.stream().anyMatch(line -> line.action().equals(action))) return lines;
      if (System.nanoTime() > deadline) throw new AssertionError("No entry \"" + action + "\"");
    }
  }

  /** The entries newer than this one, the newest first, as soon as one says this. */
  List<AuditLine> auditAfter(long seq, String action) {
    Principal all = new Principal(null, "Test", Role.ADMIN, Map.of());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      List<AuditLine> lines =
          await(collector.access().auditTrail().list(all, AuditFilter.ALL, 100)).stream()
              .filter(line -> line.seq() > seq)
              .toList();
      if (lines.stream().anyMatch(line -> line.action().equals(action))) return lines;
      if (System.nanoTime() > deadline)
        throw new AssertionError("No entry \"" + action + "\", but " + lines);
    }
  }

  /** The number of the audit log's newest entry; 0 when there is none. */
  long newestEntry() {
    Principal all = new Principal(null, "Test", Role.ADMIN, Map.of());
    List<AuditLine> lines = await(collector.access().auditTrail().list(all, AuditFilter.ALL, 1));
    return lines.isEmpty() ? 0 : lines.get(0).seq();
  }

  /** A session of somebody new with this role for a client, or (null) for all of them. */
  Session sessionOf(Role role, @Nullable Integer clientId) {
    String name = role.word() + (clientId == null ? "" : clientId) + "-" + ++newcomers;
    PersonDraft draft = new PersonDraft(name + "@tagwarden.example", name);
    Person person = await(collector.access().people().createUnasked("test", draft, role, clientId));
    return await(collector.access().sessions().open(person, "test"));
  }

  /** A session of somebody of {@link #people}. */
  Session session(String email) {
    return await(collector.access().sessions().signIn(email, PASSWORD, "test"));
  }

  int clientId(String name) {
    return id("SELECT id FROM client WHERE name = $1", name);
  }

  int siteId(String name) {
    return id("SELECT id FROM site WHERE name = $1", name);
  }

  int id(String sql, Object... parameters) {
    return row(sql, parameters).getInteger(0);
  }

  String text(String sql, Object... parameters) {
    return row(sql, parameters).getString(0);
  }

  private Row row(String sql, Object... parameters) {
    Tuple tuple = Tuple.from(List.of(parameters));
    return await(collector.database().pool().preparedQuery(sql).execute(tuple)).iterator().next();
  }

  Collector collector() {
    return collector;
  }

  Router router() {
    return router;
  }

  String url() {
    return "http://localhost:" + http.actualPort();
  }

  private static String rows() {
    try (InputStream in =
        Objects.requireNonNull(DemoServer.class.getResourceAsStream("/demo-rows.sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    await(http.close());
    await(collector.close());
    database.close();
  }

  /** Serves until it is ended: PORT, then look around. */
  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    DemoServer server = new DemoServer(true, port, Map.of(), Clock.systemUTC());
    System.out.println(server.url() + " as " + ADMIN + ", password: " + PASSWORD);
    System.out.println("session " + server.session(ADMIN).token());
  }
}
