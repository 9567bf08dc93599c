package org.tagwarden.collector.alerts;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.KeyFile;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.DatabaseSettings;
import org.tagwarden.collector.intake.StoredVisits;
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
  private final AlertRules rules;
  private final Destinations destinations;
  private final FindingCare care;
  private final AlertActions actions;
  private final Owners owners;
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
      AuditLog audit,
      ServerConfig config,
      byte[] linkKey,
      Clock clock) {
    List<AlertChannel> channels = AlertChannels.of(vertx, config, clock);
    SignedLinks links = new SignedLinks(linkKey, config.publicUrl(), clock);
    this.sending = Database.open(vertx, settings, CONNECTIONS);
    AlertStories stories = new AlertStories(sending, new StoredVisits(vertx, sending), links);
    this.loop = new AlertLoop(vertx, sending, stories, channels, clock);
    this.rules = new AlertRules(database, audit, clock);
    this.destinations = new Destinations(database, channels, audit, config.publicUrl(), clock);
    this.care = new FindingCare(database, audit, clock);
    this.actions = new AlertActions(database, links, care, audit, clock);
    AlertOutbox outbox = new AlertOutbox();
    this.orphans = new OrphanWatch(vertx, database, outbox::announce, clock);
    this.standards = new Standards(database, audit, clock);
    this.reviews = new Reviews(database, links, orphans, audit, clock);
    this.escalation = new EscalationLoop(vertx, database, reviews, clock);
    this.owners = new Owners(database, sites, audit, orphans, clock);
  }

  /**
   * The key of the links in mails, beside the data: every server of one Tagwarden needs the same.
   */
  public static byte[] linkKey(ServerConfig config) throws IOException {
    return KeyFile.read(config.dataDir().resolve("link-key"));
  }

  /** Starts sending, escalating and looking after owners. */
  public void startLoops() {
    loop.start();
    escalation.start();
    orphans.start();
  }

  /** Ends all three after what is in hand, and closes their connections. */
  public Future<Void> stopLoops() {
    return Future.join(loop.stop(), escalation.stop(), orphans.stop())
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

  public Owners owners() {
    return owners;
  }

  public Standards standards() {
    return standards;
  }

  public Reviews reviews() {
    return reviews;
  }
}
