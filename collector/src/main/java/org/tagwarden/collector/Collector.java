package org.tagwarden.collector;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Clock;
import org.tagwarden.collector.access.AccessServices;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Seal;
import org.tagwarden.collector.access.SigningKey;
import org.tagwarden.collector.alerts.AlertServices;
import org.tagwarden.collector.alerts.RequestLetters;
import org.tagwarden.collector.api.Api;
import org.tagwarden.collector.api.ApiRoutes;
import org.tagwarden.collector.api.CallerAddress;
import org.tagwarden.collector.api.Vitals;
import org.tagwarden.collector.changes.ChangeBook;
import org.tagwarden.collector.changes.ConfirmationLoop;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.collector.db.Migrations;
import org.tagwarden.collector.db.Partitions;
import org.tagwarden.collector.db.RetentionLoop;
import org.tagwarden.collector.evidence.EvidencePacks;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.DecisionBook;
import org.tagwarden.collector.governance.Grants;
import org.tagwarden.collector.governance.Previews;
import org.tagwarden.collector.governance.TagRequests;
import org.tagwarden.collector.governance.policy.Policies;
import org.tagwarden.collector.intake.Reanalysis;
import org.tagwarden.collector.intake.RecognisedVisits;
import org.tagwarden.collector.intake.Rejudgements;
import org.tagwarden.collector.intake.ReportIntake;
import org.tagwarden.collector.intake.StoredVisits;
import org.tagwarden.collector.intake.TagObservations;
import org.tagwarden.collector.performance.LighthouseIntake;
import org.tagwarden.collector.schedule.JobQueue;
import org.tagwarden.collector.schedule.Scans;
import org.tagwarden.collector.schedule.ScheduleLoop;
import org.tagwarden.collector.schedule.Schedules;
import org.tagwarden.collector.site.Clients;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.VendorCatalog;

/**
 * Every service of the server, wired in plain sight. {@link #open} migrates and connects, {@link
 * #mount} adds the API's routes, {@link #close} ends the loops and the connections.
 */
public final class Collector {
  private final ServerConfig config;
  private final Database database;
  private final AccessServices access;
  private final Clients clients;
  private final Sites sites;
  private final JobQueue jobs;
  private final Scans scans;
  private final Schedules schedules;
  private final ScheduleLoop scheduleLoop;
  private final AuthorizationBook authorizations;
  private final DecisionBook decisions;
  private final Previews previews;
  private final Policies policies;
  private final TagRequests requests;
  private final Grants grants;
  private final VendorCatalog vendors;
  private final ReportIntake intake;
  private final LighthouseIntake lighthouse;
  private final StoredVisits visits;
  private final RecognisedVisits recognisedVisits;
  private final AlertServices alerts;
  private final TagObservations observations;
  private final ChangeBook changes;
  private final EvidencePacks evidence;
  private final Partitions partitions;
  private final RetentionLoop retentionLoop;
  private final ConfirmationLoop confirmationLoop;
  private final Rejudgements rejudgements;
  private final ApiRoutes api;
  private final Vitals vitals;

  /** What is read from files before anything is wired. */
  private record Loaded(VendorCatalog vendors, byte[] linkKey, SigningKey signingKey, Seal seal) {}

  private Collector(
      Vertx vertx, ServerConfig config, DatabaseSettings settings, Loaded loaded, Clock clock) {
    this.config = config;
    this.database = Database.open(vertx, settings);

    AuditLog audit = new AuditLog(clock);
    this.access =
        new AccessServices(
            vertx, database, config, audit, loaded.signingKey(), loaded.seal(), clock);

    this.clients = new Clients(database, audit, clock);
    this.sites = new Sites(database, audit, clock);

    this.jobs = new JobQueue(vertx, database, clock, config.limits().leaseSeconds());
    this.scans = new Scans(database, sites, jobs, audit, clock);
    this.schedules = new Schedules(database, sites, audit, clock);
    this.scheduleLoop = new ScheduleLoop(vertx, database, scans, jobs, clock);

    FindingLedger findings = new FindingLedger();
    this.authorizations = new AuthorizationBook(database, findings, audit, clock);
    this.decisions = new DecisionBook(database, authorizations);
    this.previews = new Previews(vertx, database, authorizations, clock);
    this.policies = new Policies(vertx, database, authorizations);
    this.requests = new TagRequests(database, audit, new RequestLetters(), clock);
    this.grants = new Grants(database, authorizations, requests);
    this.vendors = loaded.vendors();
    Recogniser recogniser = new Recogniser(loaded.vendors());
    this.intake = new ReportIntake(vertx, database, recogniser, decisions, findings, clock);
    this.lighthouse = new LighthouseIntake(database);
    this.visits = new StoredVisits(vertx, database);
    this.recognisedVisits = new RecognisedVisits(vertx, database, visits, recogniser);
    this.observations = new TagObservations(database, recognisedVisits);
    this.changes = new ChangeBook(vertx, database, findings, audit, clock);

    this.alerts =
        new AlertServices(
            vertx,
            settings,
            database,
            sites,
            authorizations,
            audit,
            config,
            loaded.linkKey(),
            clock);

    this.evidence =
        new EvidencePacks(vertx, database, sites, audit, config, loaded.signingKey(), clock);

    this.partitions = new Partitions(database, clock);
    this.retentionLoop = new RetentionLoop(vertx, database, partitions, config.retention(), clock);

    this.confirmationLoop = new ConfirmationLoop(vertx, database, clock);
    this.rejudgements =
        new Rejudgements(
            vertx,
            database,
            new Reanalysis(vertx, database, recogniser, decisions, findings, clock),
            clock);

    this.vitals = new Vitals(database);
    Api.Services services =
        new Api.Services(
            database,
            access,
            clients,
            sites,
            schedules,
            scans,
            jobs,
            intake,
            lighthouse,
            decisions,
            authorizations,
            policies,
            requests,
            evidence,
            alerts);
    this.api = Api.routes(vertx, config, services, clock);
  }

  /** Brings the database up to date and wires the services. */
  public static Future<Collector> open(
      Vertx vertx, ServerConfig config, DatabaseSettings settings, Clock clock) {
    // Flyway and files block.
    return vertx
        .executeBlocking(
            () -> {
              Migrations.run(settings);
              return new Loaded(
                  VendorCatalog.load(config.vendorsDir()),
                  AlertServices.linkKey(config),
                  EvidencePacks.key(config, clock),
                  Seal.of(config.dataDir()));
            })
        .map(loaded -> new Collector(vertx, config, settings, loaded, clock))
        .compose(collector -> collector.access.prepare().map(collector))
        // Before the first report comes: a month's rows must not lie in the default partition.
        .compose(collector -> collector.partitions.makeAhead().map(collector));
  }

  /** Adds /api/v1, /health, /ready and /metrics. */
  public Future<Void> mount(Router router) {
    router.route().handler(new CallerAddress(config.forwardedFor())::note);
    vitals.mount(router);
    return api.mount(router);
  }

  /** Starts the loops: schedules, alerts, retention, confirmations, decisions, seals. */
  public void startLoops() {
    scheduleLoop.start();
    alerts.startLoops();
    retentionLoop.start();
    confirmationLoop.start();
    rejudgements.start();
    access.startLoops();
  }

  public ServerConfig config() {
    return config;
  }

  public Database database() {
    return database;
  }

  public AccessServices access() {
    return access;
  }

  public Clients clients() {
    return clients;
  }

  public Sites sites() {
    return sites;
  }

  public JobQueue jobs() {
    return jobs;
  }

  public Scans scans() {
    return scans;
  }

  public Schedules schedules() {
    return schedules;
  }

  public AuthorizationBook authorizations() {
    return authorizations;
  }

  public DecisionBook decisions() {
    return decisions;
  }

  public Previews previews() {
    return previews;
  }

  public Policies policies() {
    return policies;
  }

  public TagRequests requests() {
    return requests;
  }

  public Grants grants() {
    return grants;
  }

  public VendorCatalog vendors() {
    return vendors;
  }

  public ReportIntake intake() {
    return intake;
  }

  public LighthouseIntake lighthouse() {
    return lighthouse;
  }

  public StoredVisits visits() {
    return visits;
  }

  public RecognisedVisits recognisedVisits() {
    return recognisedVisits;
  }

  public AlertServices alerts() {
    return alerts;
  }

  public TagObservations observations() {
    return observations;
  }

  public ChangeBook changes() {
    return changes;
  }

  public EvidencePacks evidence() {
    return evidence;
  }

  /** Ends the loops and closes the connections. */
  public Future<Void> close() {
    scheduleLoop.stop();
    retentionLoop.stop();
    confirmationLoop.stop();
    jobs.close();
    vitals.close();
    return Future.join(alerts.stopLoops(), rejudgements.stop(), access.stopLoops())
        .<Void>mapEmpty()
        .eventually(database::close);
  }
}
