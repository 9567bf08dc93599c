package org.tagwarden.collector.intake;

import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.governance.DecisionOrder;
import org.tagwarden.collector.governance.DecisionState;
import org.tagwarden.collector.governance.DecisionSubject;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.collector.vendors.VendorCatalog;
import org.tagwarden.report.SampleReports;
import org.tagwarden.report.SampleVisit;

/**
 * A site of its own in a test database, the services that fill it, and a look at what they left.
 */
public final class TestSite {
  public static final String HOME = "https://shop.example/";

  private final TestDatabase db;
  private final int id;
  private final ReportIntake intake;
  private final AuthorizationBook book;
  private final DecisionBook decisions;
  private final TagObservations observations;
  private final Reanalysis reanalysis;

  private TestSite(TestDatabase db, int id, Clock clock) {
    this.db = db;
    this.id = id;
    FindingLedger ledger = new FindingLedger();
    this.book = new AuthorizationBook(db.database(), ledger, new AuditLog(clock), clock);
    this.decisions = new DecisionBook(db.database(), book);
    Recogniser recogniser = new Recogniser(VendorCatalog.load(null));
    this.observations =
        new TagObservations(
            db.database(),
            new RecognisedVisits(
                db.vertx(),
                db.database(),
                new StoredVisits(db.vertx(), db.database()),
                recogniser));
    this.intake = new ReportIntake(db.vertx(), db.database(), recogniser, decisions, ledger, clock);
    this.reanalysis =
        new Reanalysis(db.vertx(), db.database(), recogniser, decisions, ledger, clock);
  }

  /** A new client with a site at {@link #HOME}; alerts go to {@code emails}. */
  public static TestSite create(TestDatabase db, Clock clock, String... emails) {
    String name = "c" + UUID.randomUUID();
    Row row =
        await(
                db.database()
                    .pool()
                    .preparedQuery(
                        """
                        WITH c AS (INSERT INTO client (name, created_at) VALUES ($1, $2) RETURNING id)
                        INSERT INTO site (client_id, name, base_url, page_urls, alert_emails, created_at)
                        SELECT id, 'Shop', $3, ARRAY[$3], $4, $2 FROM c RETURNING id
                        """)
                    .execute(SqlValues.tuple(name, SqlTime.now(clock), HOME, emails)))
            .iterator()
            .next();
    return new TestSite(db, row.getInteger("id"), clock);
  }

  public int id() {
    return id;
  }

  public ReportIntake intake() {
    return intake;
  }

  Reanalysis reanalysis() {
    return reanalysis;
  }

  public int clientId() {
    return run("SELECT client_id FROM site WHERE id = $1", id).get(0).getInteger(0);
  }

  public AuthorizationBook book() {
    return book;
  }

  /** What a tag was seen to do on this site. */
  public TagObservation seen(String tagKey) {
    int tag =
        run("SELECT id FROM tag WHERE site_id = $1 AND key = $2", id, tagKey).get(0).getInteger(0);
    SiteScope scope = new SiteScope(HOME, List.of());
    return await(observations.of(id, scope, tag, tagKey));
  }

  public DecisionBook decisions() {
    return decisions;
  }

  /** A scan of the site, as the schedule would have made it. */
  public UUID scan() {
    UUID scan = UUID.randomUUID();
    run(
        """
        INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, state)
        VALUES ($1, $2, 'VISITS', 'NOW', now(), now(), 'DONE')
        """,
        scan,
        id);
    return scan;
  }

  /** Takes these visits in as one report of a new scan. */
  public IntakeResult take(SampleVisit... visits) {
    return await(intake.accept(SampleReports.report(scan(), visits), "scanner-1"));
  }

  /** Decides as "Ida" because "needed". */
  public void decide(DecisionSubject subject, DecisionState state) {
    await(decisions.decide(new DecisionOrder(id, subject, state, "needed", null, "Ida")));
  }

  /** The first column of the only row. */
  public long count(String sql, @Nullable Object... parameters) {
    return run(sql, parameters).get(0).getLong(0);
  }

  /** The first column of every row. */
  public List<String> texts(String sql, @Nullable Object... parameters) {
    return run(sql, parameters).stream().map(row -> String.valueOf(row.getValue(0))).toList();
  }

  public List<Row> run(String sql, @Nullable Object... parameters) {
    List<Row> rows = new ArrayList<>();
    await(db.database().pool().preparedQuery(sql).execute(SqlValues.tuple(parameters)))
        .forEach(rows::add);
    return rows;
  }

  /** The time of a visit, so many minutes after {@link SampleReports#START}. */
  public static Instant minute(int minutes) {
    return SampleReports.START.plusSeconds(60L * minutes);
  }
}
