package org.tagwarden.collector.bench;

import static org.tagwarden.collector.bench.BenchServer.await;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tagwarden.collector.alerts.AlertLoop;
import org.tagwarden.collector.alerts.AlertSender;
import org.tagwarden.collector.alerts.SmtpSink;
import org.tagwarden.collector.alerts.SmtpSink.Accepted;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.intake.ReportIntake;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.VendorCatalog;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;

/**
 * From a report's arrival to the mail that the mail server accepted, at a steady rate of changes;
 * then what is lost or doubled when the sending process is killed again and again. On a PostgreSQL
 * with fsync on.
 */
public final class AlertsBench {
  private static final int SITES = 20;
  private static final int CHANGES_A_REPORT = 10;
  private static final int REPORTS_A_SECOND = 10;
  private static final int MESSAGES_A_KILL = 30;
  private static final int CONNECTIONS = 4; // as in AlertServices
  private static final int STAND_BY = 2;
  private static final long SEED = 4;

  private final BenchServer server;
  private final SmtpSink sink = new SmtpSink();
  private final List<UUID> scans = new ArrayList<>();

  private AlertsBench(BenchServer server) throws IOException {
    this.server = server;
  }

  /**
   * @param arguments seconds of reports, kills
   */
  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    int kills = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    try (BenchServer server = new BenchServer()) {
      AlertsBench bench = new AlertsBench(server);
      bench.sites();
      bench.latency(seconds);
      bench.kills(kills);
      bench.sink.close();
    }
  }

  private void sites() {
    server.sql("INSERT INTO client (name, created_at) VALUES ('Bench', now())");
    for (int i = 0; i < SITES; i++) {
      UUID scan = UUID.randomUUID();
      scans.add(scan);
      rows(
          """
          WITH s AS (
            INSERT INTO site (client_id, name, base_url, page_urls, alert_emails, created_at)
            VALUES (1, $2, 'https://shop.example', '{https://shop.example/}', '{it@shop.example}', now()) RETURNING id)
          INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, state)
          SELECT $1, id, 'VISITS', 'NOW', now(), now(), 'DONE' FROM s RETURNING id
          """,
          scan,
          "Site " + i);
    }
  }

  private void latency(int seconds) throws InterruptedException {
    FindingLedger ledger = new FindingLedger();
    Clock clock = Clock.systemUTC();
    DecisionBook decisions = new DecisionBook(server.database(), ledger, clock);
    ReportIntake intake =
        new ReportIntake(
            server.vertx(),
            server.database(),
            new Recogniser(VendorCatalog.load(null)),
            decisions,
            ledger,
            clock);
    Database sending = Database.open(server.vertx(), server.settings(), CONNECTIONS);
    AlertLoop loop = AlertSender.loop(server.vertx(), sending, sink.port());
    loop.start();
    Map<String, Long> arrived = new ConcurrentHashMap<>();
    send(intake, "warm-up", REPORTS_A_SECOND * 10, new ConcurrentHashMap<>());
    send(intake, "measured", REPORTS_A_SECOND * seconds, arrived);
    while (count("SELECT count(*) FROM alert WHERE state <> 'SENT'") > 0) Thread.sleep(100);
    await(loop.stop());
    await(sending.close());
    report(arrived, seconds);
  }

  /** At a steady pace, whether the ones before are stored or not. */
  private void send(ReportIntake intake, String part, int reports, Map<String, Long> into)
      throws InterruptedException {
    long begin = System.nanoTime();
    List<Future<?>> stored = new ArrayList<>();
    for (int i = 0; i < reports; i++) {
      long due = begin + i * TimeUnit.SECONDS.toNanos(1) / REPORTS_A_SECOND;
      TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
      SampleVisit visit =
          SampleReports.visit("https://shop.example/p" + i)
              .visitId(UUID.randomUUID())
              .at(Instant.now());
      for (int change = 0; change < CHANGES_A_REPORT; change++) {
        String host = part + "-" + i + "-" + change + ".example.net";
        visit.script("https://" + host + "/x.js", "x('" + host + "');");
        into.put(i % SITES + " " + host + "/x.js", System.nanoTime());
      }
      var report = SampleReports.report(scans.get(i % SITES), visit);
      stored.add(intake.accept(report, "bench"));
    }
    await(Future.all(stored));
    print("%s: %d reports, %d changes", part, reports, reports * CHANGES_A_REPORT);
  }

  private void report(Map<String, Long> arrived, int seconds) {
    Map<String, Long> accepted = new HashMap<>();
    for (Accepted one : sink.accepted()) accepted.putIfAbsent(one.id(), one.nanos());
    List<Double> waits = new ArrayList<>();
    for (Row row :
        rows(
            """
            SELECT split_part(s.name, ' ', 2) || ' ' || f.subject AS key, a.message_id
            FROM alert a JOIN site s ON s.id = a.site_id JOIN alert_item i ON i.alert_id = a.id
            JOIN finding_change c ON c.id = i.change_id JOIN finding f ON f.id = c.finding_id
            """)) {
      Long from = arrived.remove(row.getString("key"));
      if (from != null) waits.add((accepted.get(row.getString("message_id")) - from) / 1e9);
    }
    double[] sorted = waits.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    print(
        "%d changes in %d s (%.0f a second), %d mails in all, %d changes without a mail",
        sorted.length, seconds, sorted.length / (double) seconds, accepted.size(), arrived.size());
    print(
        "report received to mail accepted: median %.2f s, p99 %.2f s, most %.2f s",
        at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }

  private void kills(int kills) throws Exception {
    Path classes = Files.createTempDirectory("alert-sender").resolve("classes.jsa");
    archive(classes);
    int before = sink.accepted().size();
    int messages = kills * MESSAGES_A_KILL;
    rows(WAITING, messages);
    int cutShort = killAll(kills, List.of("-XX:SharedArchiveFile=" + classes));
    Process last = AlertSender.start(server.settings(), sink.port());
    while (count("SELECT count(*) FROM alert WHERE state <> 'SENT'") > 0) Thread.sleep(200);
    last.destroyForcibly().waitFor();
    Files.deleteIfExists(classes);
    Files.delete(classes.getParent());
    tell(kills, before, messages, cutShort);
  }

  /**
   * A sender that ends by itself leaves its classes behind: those after it start in half the time.
   */
  private void archive(Path classes) throws Exception {
    int before = sink.accepted().size();
    rows(WAITING, MESSAGES_A_KILL);
    Process first =
        AlertSender.start(
            server.settings(), sink.port(), false, List.of("-XX:ArchiveClassesAtExit=" + classes));
    sink.after(before + MESSAGES_A_KILL).await(60, TimeUnit.SECONDS);
    while (count("SELECT count(*) FROM alert WHERE state <> 'SENT'") > 0) Thread.sleep(100);
    first.destroy();
    first.waitFor();
    rows("DELETE FROM alert WHERE recipient LIKE 'p%' RETURNING id");
    rows("DELETE FROM finding WHERE subject = 'kill.example/x.js' RETURNING id");
  }

  /** The next senders start while one sends; how many messages were on their way at a kill. */
  private int killAll(int kills, List<String> flags) throws Exception {
    Random random = new Random(SEED);
    Deque<Process> ready = new ArrayDeque<>();
    int cutShort = 0;
    for (int kill = 0; kill < kills; kill++) {
      while (ready.size() <= Math.min(STAND_BY, kills - kill - 1))
        ready.add(AlertSender.start(server.settings(), sink.port(), true, flags));
      Process sender = ready.remove();
      int more = 1 + random.nextInt(MESSAGES_A_KILL);
      CountDownLatch sent = sink.after(sink.accepted().size() + more);
      sender.getOutputStream().close(); // go
      sent.await(60, TimeUnit.SECONDS);
      TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
      sender.destroyForcibly().waitFor();
      cutShort += (int) count("SELECT count(*) FROM alert WHERE state = 'SENDING'");
      rows("UPDATE alert SET claimed_until = now() WHERE state = 'SENDING' RETURNING id");
    }
    return cutShort;
  }

  private void tell(int kills, int before, int messages, int cutShort) {
    List<String> came = new ArrayList<>();
    for (Accepted one : sink.accepted().subList(before, sink.accepted().size())) came.add(one.id());
    Set<String> known = new HashSet<>();
    for (Row row : rows("SELECT message_id FROM alert WHERE recipient LIKE 'p%'"))
      known.add(row.getString("message_id"));
    Set<String> lost = new HashSet<>(known);
    came.forEach(lost::remove);
    long strange = came.stream().filter(id -> !known.contains(id)).count();
    print(
        "%d kills -9 while sending %d messages, %d of them on their way",
        kills, messages, cutShort);
    print("lost %d, doubled under another id %d", lost.size(), strange);
    print(
        "came twice with the same Message-ID, which mail systems drop: %d",
        came.size() - new HashSet<>(came).size());
  }

  private static final String WAITING =
      """
      WITH f AS (
        INSERT INTO finding (site_id, check_id, subject, severity, summary, evidence, remedy, state, first_visit,
                             opened_at, last_seen_at)
        VALUES (1, 'unapproved-script', 'kill.example/x.js', 'HIGH', 'It runs.', '[]', 'Decide.', 'OPEN',
                gen_random_uuid(), now(), now()) RETURNING id),
      c AS (INSERT INTO finding_change (finding_id, change, at) SELECT id, 'OPENED', now() FROM f RETURNING id),
      a AS (
        INSERT INTO alert (site_id, channel, recipient, message_id, state, not_before, created_at)
        SELECT 1, 'email', 'p' || n || '@shop.example', 'alert-' || gen_random_uuid() || '@tagwarden', 'WAITING', now(), now()
        FROM generate_series(1, $1::int) n RETURNING id)
      INSERT INTO alert_item (alert_id, change_id) SELECT a.id, c.id FROM a, c RETURNING alert_id
      """;

  private long count(String sql) {
    return rows(sql).get(0).getLong(0);
  }

  private List<Row> rows(String sql, Object... parameters) {
    List<Row> rows = new ArrayList<>();
    await(
            server
                .database()
                .pool()
                .preparedQuery(sql)
                .execute(Tuple.from(Arrays.asList(parameters))))
        .forEach(rows::add);
    return rows;
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
