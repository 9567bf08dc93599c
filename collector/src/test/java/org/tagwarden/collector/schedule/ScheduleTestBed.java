package org.tagwarden.collector.schedule;

import static org.tagwarden.collector.db.TestDatabase.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.SiteDraft;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.report.ScanJob;

/** A database, a clock that moves, and the services around the queue. */
final class ScheduleTestBed implements AutoCloseable {
  static final Principal ADMIN = new Principal(null, "Ann", Role.ADMIN, Map.of());
  static final int LEASE_SECONDS = 60;

  final MovableClock clock = MovableClock.at("2026-03-02T05:00:00Z");
  final TestDatabase db = TestDatabase.fresh();
  final AuditLog audit = new AuditLog(clock);
  final Clients clients = new Clients(db.database(), audit, clock);
  final Sites sites = new Sites(db.database(), audit, clock);
  final JobQueue jobs = new JobQueue(db.vertx(), db.database(), clock, LEASE_SECONDS);
  final Scans scans = new Scans(db.database(), sites, jobs, audit, clock);
  final Schedules schedules = new Schedules(db.database(), sites, audit, clock);
  final ScheduleLoop loop = new ScheduleLoop(db.vertx(), db.database(), scans, jobs, clock);
  private final int clientId = await(clients.create(ADMIN, "Bakery")).id();

  /** A site without Lighthouse. */
  Site site(String name) {
    SiteDraft draft = SiteDraft.of(name, "https://" + name + ".example/");
    return await(
        sites.create(
            ADMIN,
            clientId,
            new SiteDraft(
                draft.name(),
                draft.baseUrl(),
                draft.firstParty(),
                draft.pages(),
                draft.options(),
                false,
                List.of())));
  }

  Scan scanNow(Site site) {
    return await(scans.now(ADMIN, site.id(), ScanJob.Kind.VISITS));
  }

  Optional<ScanJob> claim(String scanner) {
    return await(jobs.claim(claimOf(scanner), Duration.ZERO, () -> false));
  }

  static JobClaim claimOf(String scanner) {
    return new JobClaim(scanner, "0.1", "Chromium", Set.of(ScanJob.Kind.values()));
  }

  Scan scan(Scan scan) {
    return await(scans.get(ADMIN, scan.id()));
  }

  List<Scan> scansOf(Site site) {
    return await(scans.list(ADMIN, site.id(), 100));
  }

  int tick() {
    return await(loop.tick());
  }

  @Override
  public void close() {
    db.close();
  }
}
