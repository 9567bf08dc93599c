package org.tagwarden.collector.alerts;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.KeyFile;
import org.tagwarden.collector.alerts.bounces.BounceLoop;
import org.tagwarden.collector.alerts.bounces.BounceSettings;
import org.tagwarden.collector.alerts.bounces.Bounces;
import org.tagwarden.collector.alerts.bounces.ReturnAddress;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.intake.StoredVisits;
import org.tagwarden.collector.owners.EscalationPaths;
import org.tagwarden.collector.owners.OrphanWatch;
import org.tagwarden.collector.owners.Owners;
import org.tagwarden.collector.owners.Standards;
import org.tagwarden.collector.site.Sites;

/** Everything about alerts and owners, wired; part of {@code Collector}. */
public final class AlertServices {
  /** Its own: in a rush of reports alerts would else wait behind all of them. */
  private static final int CONNECTIONS = 4;

  private final Database sending;
  private final AlertLoop loop;
  private final EscalationLoop escalation;
  private final OrphanWatch orphans;
  private final Bounces bounces;
  private final @Nullable BounceLoop bounceLoop;
  private final AlertRules rules;
  private final Destinations destinations;
  private final FindingCare care;
  private final AlertActions actions;
  private final OptOuts optOuts;
  private final Owners owners;
  private final EscalationPaths paths;
  private final Reviews reviews;
  private final Standards standards;

  /**
   * @param linkKey see {@link #linkKey}
   */
  public AlertServices(
      Vertx vertx,
      DatabaseSettings settings,
      Database database,
      Sites sites,
      AuthorizationBook authorizations,
      AuditLog audit,
      ServerConfig config,
      byte[] linkKey,
      Clock clock) {
    ReturnAddress returns = new ReturnAddress(linkKey, config.alerts().bounces().address());
    Secrets secrets = new Secrets(config.alerts().secretsDir());
    List<AlertChannel> channels = AlertChannels.of(vertx, config, secrets, returns, clock);
    SignedLinks links = new SignedLinks(linkKey, config.publicUrl(), clock);
    this.sending = Database.open(vertx, settings, CONNECTIONS);
    AlertStories stories = new AlertStories(sending, new StoredVisits(vertx, sending), links);
    this.loop = new AlertLoop(vertx, sending, stories, channels, clock);
    this.rules = new AlertRules(database, audit, clock);
    this.destinations = new Destinations(database, channels, audit, config.publicUrl(), clock);
    this.care = new FindingCare(database, audit, clock);
    this.actions = new AlertActions(database, links, care, audit, clock);
    this.optOuts = new OptOuts(database, audit);
    AlertOutbox outbox = new AlertOutbox();
    this.orphans = new OrphanWatch(vertx, database, outbox::announce, clock);
    this.bounces = new Bounces(database, returns, orphans, audit, clock);
    BounceSettings mailbox = config.alerts().bounces();
    this.bounceLoop =
        mailbox.host() == null ? null : new BounceLoop(vertx, mailbox, secrets, bounces);
    this.standards = new Standards(database, audit, clock);
    this.reviews = new Reviews(database, links, authorizations, orphans, audit, clock);
    this.escalation = new EscalationLoop(vertx, database, reviews, clock);
    this.owners = new Owners(database, sites, audit, orphans, clock);
    this.paths = new EscalationPaths(database, sites, audit);
  }

  /**
   * The key of the links in mails, beside the data: every server of one Tagwarden needs the same.
   */
  public static byte[] linkKey(ServerConfig config) throws IOException {
    return KeyFile.read(config.dataDir().resolve("link-key"));
  }

  /** Starts sending, escalating, looking after owners and reading what came back. */
  public void startLoops() {
    loop.start();
    escalation.start();
    orphans.start();
    if (bounceLoop != null) bounceLoop.start();
  }

  /** Ends all of them after what is in hand, and closes their connections. */
  public Future<Void> stopLoops() {
    Future<Void> bounced = bounceLoop == null ? Future.succeededFuture() : bounceLoop.stop();
    return Future.join(loop.stop(), escalation.stop(), orphans.stop(), bounced)
        .<Void>mapEmpty()
        .eventually(sending::close);
  }

  public AlertRules rules() {
    return rules;
  }

  public Destinations destinations() {
    return destinations;
  }

  public FindingCare care() {
    return care;
  }

  public AlertActions actions() {
    return actions;
  }

  public OptOuts optOuts() {
    return optOuts;
  }

  public Bounces bounces() {
    return bounces;
  }

  /** Why mails that came back cannot be read at the moment; null when they can, or nobody does. */
  public @Nullable String bounceProblem() {
    return bounceLoop == null ? null : bounceLoop.problem();
  }

  public Owners owners() {
    return owners;
  }

  public EscalationPaths paths() {
    return paths;
  }

  public Standards standards() {
    return standards;
  }

  public Reviews reviews() {
    return reviews;
  }
}
