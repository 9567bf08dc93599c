package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.OneTimeLinks.Purpose;
import org.tagwarden.collector.db.Database;

/**
 * New passwords for those who have an account: a one-time link by mail or, without a mail server,
 * for the administrator to hand over. A newer link of a person replaces the older ones.
 */
public final class AccountLinks {
  private static final Logger LOG = LoggerFactory.getLogger(AccountLinks.class);
  private static final Duration INVITATION = Duration.ofDays(7);
  private static final Duration RESET = Duration.ofHours(1);
  private static final int CALLS_OF_ADDRESS = 10;
  private static final int MAILS_TO_PERSON = 3;

  private final Database database;
  private final OneTimeLinks links;
  private final AuditLog audit;
  private final @Nullable DoorMail mail;
  private final String publicUrl;
  private final CallLimit ofAddress;
  private final CallLimit toPerson;

  /**
   * @param mail null: there is no mail server
   * @param publicUrl where the links lead, without a slash at the end
   */
  public AccountLinks(
      Database database,
      OneTimeLinks links,
      AuditLog audit,
      @Nullable DoorMail mail,
      String publicUrl,
      Clock clock) {
    this.database = database;
    this.links = links;
    this.audit = audit;
    this.mail = mail;
    this.publicUrl = publicUrl;
    this.ofAddress = new CallLimit(clock, CALLS_OF_ADDRESS, Duration.ofHours(1));
    this.toPerson = new CallLimit(clock, MAILS_TO_PERSON, Duration.ofHours(1));
  }

  /**
   * What became of a link.
   *
   * @param mailed whether the mail server took it
   * @param link to be handed over instead; null when it was mailed, or is not for this principal
   * @param problem why it was not mailed, when there is a mail server
   */
  public record Sent(
      Person person, boolean mailed, @Nullable String link, @Nullable String problem) {
    /** Without the link, for logs. */
    @Override
    public String toString() {
      return "Sent[" + person.email() + ", mailed " + mailed + "]";
    }
  }

  /** Whether there is a mail server. */
  public boolean byMail() {
    return mail != null;
  }

  /** A new password for somebody who has one, or the first one. */
  public Future<Sent> renew(Principal by, int personId) {
    return People.find(database.pool(), by, personId)
        .compose(
            person -> {
              if (person.disabledAt() != null) {
                throw Refusal.of(
                    Refusal.Kind.CONFLICT, "This account is closed: open it again first.");
              }
              return Credentials.has(database.pool(), personId)
                  .compose(has -> send(by, person, has ? Purpose.RESET : Purpose.INVITE));
            });
  }

  /**
   * Somebody forgot the password. Whether the address is anybody's is not told, by no word and by
   * no time: looking up and mailing go on after the answer.
   */
  public Future<Void> forgot(String email, String address) {
    if (!ofAddress.take(address)) {
      throw Refusal.of(
          Refusal.Kind.TOO_MANY, "Too many mails were asked for from here: wait for an hour.");
    }
    if (mail == null) {
      throw Refusal.of(
          Refusal.Kind.CONFLICT,
          "This server sends no mails: ask an administrator of your Tagwarden for a link.");
    }
    DoorMail by = mail;
    String key = email.strip().toLowerCase(Locale.ROOT);
    withPassword(key)
        .compose(
            person ->
                person == null || !toPerson.take(key)
                    ? Future.succeededFuture()
                    : link(
                            AuditEntry.of(
                                person.name(),
                                Origin.door(address).of(person.id()),
                                person.onlyClient(),
                                "ask for a new password",
                                person.email()),
                            person,
                            Purpose.RESET)
                        .compose(link -> by.send(Purpose.RESET, person, link, "")))
        .onFailure(e -> LOG.error("A new password could not be mailed by {}", by.server(), e));
    return Future.succeededFuture();
  }

  private Future<Sent> send(Principal by, Person person, Purpose purpose) {
    AuditEntry entry =
        AuditEntry.of(
            by,
            person.onlyClient(),
            purpose == Purpose.INVITE ? "invite" : "make link for a new password",
            person.email());
    // Whoever holds the link can become that person.
    boolean mayHold = person.isAdministeredBy(by);
    if (mail == null && !mayHold) person.requireAdministeredBy(by);
    return link(entry, person, purpose)
        .compose(link -> handOver(by, person, purpose, link, mayHold));
  }

  private Future<Sent> handOver(
      Principal by, Person person, Purpose purpose, String link, boolean mayHold) {
    DoorMail through = mail;
    if (through == null) return Future.succeededFuture(new Sent(person, false, link, null));
    return through
        .send(purpose, person, link, by.name())
        .map(done -> new Sent(person, true, null, null))
        .recover(
            e -> {
              LOG.warn("A mail to {} was not taken by {}", person.email(), through.server(), e);
              return Future.succeededFuture(
                  new Sent(person, false, mayHold ? link : null, through.refused(e)));
            });
  }

  private Future<String> link(AuditEntry entry, Person person, Purpose purpose) {
    Duration life = purpose == Purpose.INVITE ? INVITATION : RESET;
    return database
        .inTransaction(
            connection ->
                connection
                    .preparedQuery(AccessQueries.DELETE_LINKS_OF)
                    .execute(Tuple.of(person.id()))
                    .compose(older -> links.issue(connection, purpose, person.id(), life))
                    .compose(
                        token ->
                            audit
                                .write(
                                    connection,
                                    entry.made(Map.of("hours", life.toHours(), "mail", byMail())))
                                .map(token)))
        .map(token -> publicUrl + "/link/" + token);
  }

  /** The open account of this address that has a password; null when there is none. */
  private Future<@Nullable Person> withPassword(String email) {
    SqlClient pool = database.pool();
    return pool.preparedQuery(AccessQueries.WITH_PASSWORD_BY_EMAIL)
        .execute(Tuple.of(email))
        .map(rows -> rows.rowCount() == 0 ? null : PersonRows.people(rows).get(0));
  }
}
