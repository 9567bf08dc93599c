package org.tagwarden.collector.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.OneTimeLinks.Purpose;
import org.tagwarden.collector.db.TestDatabase;

/**
 * The services of the door, with a clock that moves: one for a test class, and from it another for
 * each test, on the same database without its people.
 */
final class TestDoor implements AutoCloseable {
  static final String PASSWORD = "four words make one";
  private static final String URL = "https://tagwarden.example";

  /** All but the audit log, which is only ever added to. */
  private static final String NOBODY =
      """
      DELETE FROM invitation;
      DELETE FROM api_token;
      DELETE FROM one_time_link;
      DELETE FROM person;
      DELETE FROM client;
      ALTER TABLE invitation ALTER COLUMN id RESTART;
      ALTER TABLE api_token ALTER COLUMN id RESTART;
      ALTER TABLE person ALTER COLUMN id RESTART;
      ALTER TABLE client ALTER COLUMN id RESTART;
      """;

  final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
  final TestDatabase db;
  final AuditLog audit = new AuditLog(clock);
  final OneTimeLinks links;
  final People people;
  final Credentials credentials;
  final Seal seal = new Seal("the key of these tests, 32 bytes".getBytes(US_ASCII));
  final SecondFactor secondFactor;
  final ApiTokens tokens;
  final Acceptance acceptance;
  final Sessions sessions;
  private final Passwords passwords;

  TestDoor() {
    this(TestDatabase.fresh());
  }

  private TestDoor(TestDatabase db) {
    this(db, new Passwords(db.vertx()));
  }

  private TestDoor(TestDatabase db, Passwords passwords) {
    this.db = db;
    this.passwords = passwords;
    this.links = new OneTimeLinks(db.database(), clock);
    this.people = new People(db.database(), passwords, links, audit, rules(null), clock);
    this.credentials = new Credentials(db.database(), passwords, links, audit, clock);
    this.secondFactor = new SecondFactor(db.database(), seal, audit, clock);
    this.tokens = new ApiTokens(db.database(), audit, clock);
    this.acceptance = acceptance(null);
    this.sessions =
        new Sessions(db.database(), credentials, links, secondFactor, audit, clock, rules(null));
  }

  /** The same again, where nobody has been yet. */
  TestDoor anew() {
    db.sql(NOBODY);
    return new TestDoor(db, passwords);
  }

  AccountLinks accountLinks(@Nullable DoorMail mail) {
    return new AccountLinks(db.database(), links, audit, mail, URL, clock);
  }

  Invitations invitations(@Nullable DoorMail mail) {
    return new Invitations(db.database(), audit, mail, URL, clock);
  }

  Acceptance acceptance(@Nullable String rolesFrom) {
    return new Acceptance(db.database(), passwords, audit, rules(rolesFrom), clock);
  }

  static SessionRules rules(@Nullable String rolesFrom) {
    return new SessionRules(Duration.ofHours(12), rolesFrom, Duration.ofMinutes(15));
  }

  /** The audit log, the newest entry first. */
  List<AuditLine> audited() {
    Principal all = new Principal(null, "test", Role.ADMIN, Map.of());
    return await(new AuditTrail(db.database()).list(all, AuditFilter.ALL, 100));
  }

  /** Somebody with a role for a client, or (null) for all, who never came in yet. */
  Person newcomer(String email, Role role, @Nullable Integer clientId) {
    return await(people.createUnasked("test", new PersonDraft(email, email), role, clientId));
  }

  /** Likewise, with {@link #PASSWORD}. */
  Person person(String email, Role role, @Nullable Integer clientId) {
    Person person = newcomer(email, role, clientId);
    String link = await(links.issue(Purpose.INVITE, person.id(), Duration.ofDays(1)));
    return await(credentials.set(link, Purpose.INVITE, PASSWORD));
  }

  @Override
  public void close() {
    db.close();
  }
}
