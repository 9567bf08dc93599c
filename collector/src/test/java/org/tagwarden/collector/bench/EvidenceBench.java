package org.tagwarden.collector.bench;

import io.vertx.core.Future;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.evidence.EvidencePack;
import org.tagwarden.collector.evidence.EvidencePacks;
import org.tagwarden.collector.evidence.PackVerdict;
import org.tagwarden.collector.evidence.PackVerifier;
import org.tagwarden.collector.site.Sites;

/**
 * Evidence packs of a month and of a year of a site that is scanned every hour, in a JVM with
 * little memory: what a pack needs must not grow with its period.
 */
public final class EvidenceBench {
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
  private static final int PAGES = 20;

  /** One of the pages is a payment page; every visit loads 60 resources, 20 of them scripts. */
  private static final String YEAR =
      """
      INSERT INTO client (name, created_at) VALUES ('Bakery', '2024-12-01');
      INSERT INTO site (client_id, name, base_url, page_urls, created_at)
      VALUES (1, 'Shop', 'https://shop.example', '{https://shop.example/}', '2024-12-01');
      INSERT INTO page (site_id, url, first_seen, last_seen)
      SELECT 1, 'https://shop.example/' || n, '2025-01-01', '2026-01-01' FROM generate_series(1, 20) n;
      INSERT INTO host (name) VALUES ('cdn.example');
      INSERT INTO tag (site_id, key, vendor, product, category, known, load_method, first_seen, last_seen)
      SELECT 1, 'tag-' || n, 'Vendor ' || n, 'Product ' || n, 'ANALYTICS', true, 'HARD_CODED', '2025-01-01', '2026-01-01'
      FROM generate_series(1, 20) n;
      INSERT INTO resource (url, url_md5, host_id, type)
      SELECT 'https://cdn.example/' || n, md5('r' || n)::uuid, 1, CASE WHEN n <= 20 THEN 'SCRIPT' ELSE 'IMAGE' END
      FROM generate_series(1, 60) n;
      INSERT INTO script_version (sha256, length, first_seen)
      SELECT sha256(('v' || n)::bytea), 1000, '2025-01-01' FROM generate_series(1, 7300) n;
      INSERT INTO site_script (site_id, script_id, resource_id, tag_id, kind, first_seen, last_seen)
      SELECT 1, n, 1 + n % 20, 1 + n % 20, 'EXTERNAL', '2025-01-01'::timestamptz + n / 20 * interval '1 day',
             '2025-01-02'::timestamptz + n / 20 * interval '1 day' FROM generate_series(1, 7300) n;
      INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, started_at, finished_at, state, visits)
      SELECT gen_random_uuid(), 1, 'VISITS', 'SCHEDULE', h, h, h, h + interval '5 minutes', 'DONE', 20
      FROM generate_series('2025-01-01 00:00Z'::timestamptz, '2025-12-31 23:00Z', '1 hour') h;
      INSERT INTO page_visit (site_id, id, scan_id, page_id, started_at, outcome, consent, device, duration_ms, resource_ids,
        statuses, wire_bytes, start_ms, total_ms, tag_ids, requests, third_party_requests, bytes, third_party_bytes, scanner, payment)
      SELECT 1, gen_random_uuid(), s.id, p.id, s.started_at + p.id * interval '1 second', 'COMPLETE', 'NONE', 'desktop', 5000,
             ARRAY(SELECT generate_series(1, 60)), '{}', '{}', '{}', '{}', ARRAY(SELECT 1 + n % 20 FROM generate_series(1, 60) n),
             60, 60, 500000, 500000, 'scanner-1', p.id = 1
      FROM scan s, page p;
      INSERT INTO site_change (site_id, at, visit_id, page_id, kind, subject, what, note)
      SELECT 1, h, gen_random_uuid(), 1, 'COOKIE', 'c' || h || '@shop.example', 'NEW', 'Its domain often gets new ones.'
      FROM generate_series('2025-01-01 00:00Z'::timestamptz, '2025-12-31 23:00Z', '1 hour') h;
      ANALYZE
      """;

  private EvidenceBench() {}

  /** Prints a line for a month and one for the year. */
  public static void main(String[] arguments) throws IOException {
    Path data = Files.createTempDirectory("tagwarden-evidence");
    try (BenchServer server = new BenchServer()) {
      for (String statement : YEAR.split(";\n")) server.sql(statement);
      EvidencePacks packs = packs(server, data);
      System.out.printf(
          Locale.ROOT,
          "%d pages, scanned every hour; heap of at most %d MB%n%n",
          PAGES,
          Runtime.getRuntime().maxMemory() >> 20);
      System.out.println("| period | visits | pack | seconds | peak heap | check, seconds |");
      System.out.println("|---|---|---|---|---|---|");
      measure(packs, "a month", FIRST.plusDays(30));
      measure(packs, "a year", FIRST.plusDays(364));
    }
  }

  private static EvidencePacks packs(BenchServer server, Path data) throws IOException {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T00:00:00Z"), ZoneOffset.UTC);
    AuditLog audit = new AuditLog(clock);
    ServerConfig config = ServerConfig.load(null, Map.of("TAGWARDEN_DATA_DIR", data.toString()));
    return new EvidencePacks(
        server.vertx(),
        server.database(),
        new Sites(server.database(), audit, clock),
        audit,
        config,
        EvidencePacks.key(config, clock),
        clock);
  }

  private static void measure(EvidencePacks packs, String name, LocalDate last) throws IOException {
    Principal ann = new Principal(null, "Ann", Role.ADMIN, Map.of());
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    System.gc();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long begun = System.nanoTime();
    Future<EvidencePack> made = packs.make(ann, 1, FIRST.toString(), last.toString(), true);
    EvidencePack pack = BenchServer.await(made);
    long ended = System.nanoTime();
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    PackVerdict verdict = PackVerifier.verify(pack.file(), packs.fingerprint());
    long checked = System.nanoTime();
    if (!verdict.intact()) throw new IllegalStateException(verdict.problems().get(0));
    long days = last.toEpochDay() - FIRST.toEpochDay() + 1;
    System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %.1f MB | %.1f | %d MB | %.1f |%n",
        name,
        days * 24 * PAGES,
        Files.size(pack.file()) / 1e6,
        (ended - begun) / 1e9,
        peak >> 20,
        (checked - ended) / 1e9);
    pack.remove();
  }
}
