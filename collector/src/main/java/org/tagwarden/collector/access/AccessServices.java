package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.tagwarden.collector.ServerConfig;
import org.tagwarden.collector.db.Database;

/** Who may come in and do what, and what they did: wired; part of {@code Collector}. */
public final class AccessServices {
  private final OneTimeLinks links;
  private final People people;
  private final Credentials credentials;
  private final AccountLinks accountLinks;
  private final Invitations invitations;
  private final Acceptance acceptance;
  private final SecondFactor secondFactor;
  private final Sessions sessions;
  private final SingleSignOn singleSignOn;
  private final ApiTokens tokens;
  private final AuditTrail auditTrail;
  private final AuditSeals auditSeals;
  private final AuditDownloads auditDownloads;

  /**
   * @param signing signs the audit log
   * @param seal hides the secrets of second factors
   */
  public AccessServices(
      Vertx vertx,
      Database database,
      ServerConfig config,
      AuditLog audit,
      SigningKey signing,
      Seal seal,
      Clock clock) {
    Passwords passwords = new Passwords(vertx);
    SessionRules rules = SessionRules.of(config);
    DoorMail mail = config.smtp().host() == null ? null : new DoorMail(vertx, config.smtp());
    this.links = new OneTimeLinks(database, clock);
    this.people = new People(database, passwords, links, audit, rules, clock);
    this.credentials = new Credentials(database, passwords, links, audit, clock);
    this.accountLinks = new AccountLinks(database, links, audit, mail, config.publicUrl(), clock);
    this.invitations = new Invitations(database, audit, mail, config.publicUrl(), clock);
    this.acceptance = new Acceptance(database, passwords, audit, rules, clock);
    this.secondFactor = new SecondFactor(database, seal, audit, clock);
    this.sessions = new Sessions(database, credentials, links, secondFactor, audit, clock, rules);
    this.singleSignOn = new SingleSignOn(vertx, database, sessions, audit, config, clock);
    this.tokens = new ApiTokens(database, audit, clock);
    this.auditTrail = new AuditTrail(database);
    this.auditSeals = new AuditSeals(vertx, database, signing, config.dataDir(), clock);
    this.auditDownloads =
        new AuditDownloads(auditSeals, new AuditExport(database, signing, clock), clock);
  }

  /** Hides secrets that an earlier version stored as they are; before anybody comes in. */
  public Future<Void> prepare() {
    return secondFactor.sealAll().mapEmpty();
  }

  /** Starts to seal the audit log. */
  public void startLoops() {
    auditSeals.start();
  }

  /** Ends after what is in hand. */
  public Future<Void> stopLoops() {
    return auditSeals.stop();
  }

  public OneTimeLinks links() {
    return links;
  }

  public People people() {
    return people;
  }

  public Credentials credentials() {
    return credentials;
  }

  public AccountLinks accountLinks() {
    return accountLinks;
  }

  public Invitations invitations() {
    return invitations;
  }

  public Acceptance acceptance() {
    return acceptance;
  }

  public SecondFactor secondFactor() {
    return secondFactor;
  }

  public Sessions sessions() {
    return sessions;
  }

  public SingleSignOn singleSignOn() {
    return singleSignOn;
  }

  public ApiTokens tokens() {
    return tokens;
  }

  public AuditTrail auditTrail() {
    return auditTrail;
  }

  public AuditSeals auditSeals() {
    return auditSeals;
  }

  public AuditDownloads auditDownloads() {
    return auditDownloads;
  }
}
