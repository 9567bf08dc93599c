package org.tagwarden.collector.bench;

import static org.tagwarden.collector.bench.BenchServer.await;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.intake.ReportIntake;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.VendorCatalog;
import org.tagwarden.report.ReportCodec;
import org.tagwarden.report.SampleReports;

/**
 * How many page visits of 150 requests the intake stores: from the report's JSON to the commit, on
 * a PostgreSQL with fsync on. To be bound to one core together with its PostgreSQL.
 */
public final class IntakeBench {
  private static final int REQUESTS = 150;
  private static final int SITES = 10;
  private static final int PAGES = 20;
  private static final int AT_ONCE = 8;
  private static final int WARM_UP = 600;

  private final BenchServer server;
  private final ReportIntake intake;
  private final List<UUID> scans = new ArrayList<>();

  private IntakeBench(BenchServer server) {
    this.server = server;
    Clock clock = Clock.systemUTC();
    FindingLedger findings = new FindingLedger();
    DecisionBook decisions = new DecisionBook(server.database(), findings, clock);
    Recogniser recogniser = new Recogniser(VendorCatalog.load(null));
    this.intake =
        new ReportIntake(server.vertx(), server.database(), recogniser, decisions, findings, clock);
  }

  /**
   * @param arguments how many visits to measure
   */
  public static void main(String[] arguments) throws IOException {
    int visits = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
    try (BenchServer server = new BenchServer()) {
      IntakeBench bench = new IntakeBench(server);
      bench.sites();
      bench.run(bench.reports(0, WARM_UP));
      bench.measure(visits);
    }
  }

  private void sites() {
    server.sql("INSERT INTO client (name, created_at) VALUES ('Bench', now())");
    for (int i = 0; i < SITES; i++) {
      UUID scan = UUID.randomUUID();
      scans.add(scan);
      await(
          server
              .database()
              .pool()
              .preparedQuery(
                  """
                  WITH s AS (
                    INSERT INTO site (client_id, name, base_url, page_urls, created_at)
                    VALUES (1, $2, 'https://shop.example', ARRAY['https://shop.example/'], now()) RETURNING id)
                  INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, state)
                  SELECT $1, id, 'VISITS', 'NOW', now(), now(), 'RUNNING' FROM s
                  """)
              .execute(Tuple.of(scan, "Site " + i)));
    }
  }

  private void measure(int visits) {
    List<byte[]> reports = reports(WARM_UP, visits);
    OperatingSystemMXBean jvm =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double postgresBefore = server.postgresCpuSeconds();
    long jvmBefore = jvm.getProcessCpuTime();
    long from = System.nanoTime();
    run(reports);
    double seconds = (System.nanoTime() - from) / 1e9;
    double jvmCpu = (jvm.getProcessCpuTime() - jvmBefore) / 1e9;
    double postgresCpu = server.postgresCpuSeconds() - postgresBefore;

    print("%d visits of %d requests, %d at once, %d sites", visits, REQUESTS, AT_ONCE, SITES);
    print("wall            %8.1f s   %6.0f visits/min", seconds, visits / seconds * 60);
    print("CPU of server   %8.2f ms a visit", jvmCpu / visits * 1e3);
    print("CPU of database %8.2f ms a visit", postgresCpu / visits * 1e3);
    print("one core full   %8.0f visits/min", visits / (jvmCpu + postgresCpu) * 60);
  }

  private List<byte[]> reports(int first, int count) {
    List<byte[]> reports = new ArrayList<>();
    for (int i = first; i < first + count; i++) reports.add(report(i));
    return reports;
  }

  /** Takes these in, some at once. */
  private void run(List<byte[]> reports) {
    AtomicInteger next = new AtomicInteger();
    List<Future<Void>> lanes = new ArrayList<>();
    for (int lane = 0; lane < AT_ONCE; lane++) {
      Promise<Void> done = Promise.promise();
      server.vertx().getOrCreateContext().runOnContext(start -> lane(reports, next, done));
      lanes.add(done.future());
    }
    await(Future.all(lanes));
  }

  private void lane(List<byte[]> reports, AtomicInteger next, Promise<Void> done) {
    int i = next.getAndIncrement();
    if (i >= reports.size()) {
      done.complete();
      return;
    }
    byte[] json = reports.get(i);
    server
        .vertx()
        .executeBlocking(() -> ReportCodec.readReport(json), false)
        .compose(report -> intake.accept(report, "bench"))
        .onSuccess(stored -> lane(reports, next, done))
        .onFailure(done::fail);
  }

  private byte[] report(int number) {
    String page = "https://shop.example/p" + number / SITES % PAGES;
    return ReportCodec.write(
        SampleReports.report(
            scans.get(number % SITES),
            SampleReports.busy(page, REQUESTS, number / SITES % PAGES)
                .visitId(UUID.randomUUID())
                .at(SampleReports.START.plus(Duration.ofSeconds(number)))));
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
