package org.tagwarden.collector.alerts;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.tagwarden.collector.ServerConfig.Smtp;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.alerts.bounces.ReturnAddress;
import org.tagwarden.collector.alerts.email.EmailChannel;
import org.tagwarden.collector.alerts.email.Mailer;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.intake.StoredVisits;
import org.tagwarden.collector.intake.TestSite;
import org.tagwarden.collector.owners.OrphanWatch;
import org.tagwarden.report.SampleReports;

/** The parts that send alerts, on a test's database, clock and mail server. */
public final class AlertTestBed {
  private static final byte[] KEY = "a key of the tests".getBytes(StandardCharsets.UTF_8);
  private static final String PUBLIC_URL = "https://tags.example";

  private final TestDatabase db;
  private final Clock clock;
  private final SignedLinks links;

  public AlertTestBed(TestDatabase db, Clock clock) {
    this.db = db;
    this.clock = clock;
    this.links = new SignedLinks(KEY, PUBLIC_URL, clock);
  }

  /** A mail server on a free port. */
  public static GreenMail mailServer() {
    GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    return smtp;
  }

  /** How to reach a mail server on this machine. */
  public static Smtp settings(int port) {
    return new Smtp("127.0.0.1", port, Smtp.Tls.NONE, null, null, "Tagwarden <tags@tags.example>");
  }

  public EmailChannel email(int port) {
    return new EmailChannel(
        new Mailer(
            db.vertx(), settings(port), Duration.ofSeconds(5), new ReturnAddress(KEY, null)));
  }

  public AlertLoop loop(AlertChannel... channels) {
    AlertStories stories =
        new AlertStories(db.database(), new StoredVisits(db.vertx(), db.database()), links);
    return new AlertLoop(db.vertx(), db.database(), stories, List.of(channels), clock);
  }

  EscalationLoop escalation() {
    return new EscalationLoop(db.vertx(), db.database(), reviews(), clock);
  }

  /** One that lives on while its clock is set. */
  EscalationLoop escalation(LongSupplier nanos) {
    return new EscalationLoop(db.vertx(), db.database(), reviews(), clock, nanos);
  }

  OrphanWatch watch() {
    return new OrphanWatch(db.vertx(), db.database(), new AlertOutbox()::announce, clock);
  }

  Reviews reviews() {
    AuthorizationBook book =
        new AuthorizationBook(db.database(), new FindingLedger(), audit(), clock);
    return new Reviews(db.database(), links, book, watch(), audit(), clock);
  }

  AuditLog audit() {
    return new AuditLog(clock);
  }

  FindingCare care() {
    return new FindingCare(db.database(), audit(), clock);
  }

  AlertActions actions() {
    return new AlertActions(db.database(), links, care(), audit(), clock);
  }

  AlertRules rules() {
    return new AlertRules(db.database(), audit(), clock);
  }

  SignedLinks links() {
    return links;
  }

  /**
   * Visits the home page, with nothing on it, until nobody can doubt that what was there is gone.
   */
  static void gone(TestSite site, Instant from) {
    for (int minute = 0; minute < 31; minute++) {
      site.take(SampleReports.visit(TestSite.HOME).at(from.plusSeconds(60L * minute)));
    }
  }

  /** A part of a mail, by its type. */
  public static String part(MimeMessage mail, String type) throws Exception {
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    for (int i = 0; i < parts.getCount(); i++)
      if (parts.getBodyPart(i).isMimeType(type))
        return String.valueOf(parts.getBodyPart(i).getContent());
    throw new AssertionError("No part " + type);
  }
}
