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

/** The services of the door on a fresh database, with a clock that moves. */
final class TestDoor implements AutoCloseable {
  static final String PASSWORD = "four words make one";
  private static final String URL = "https://tagwarden.example";

  final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
  final TestDatabase db = TestDatabase.fresh();
  final AuditLog audit = new AuditLog(clock);
  final OneTimeLinks links = new OneTimeLinks(db.database(), clock);
  private final Passwords passwords = new Passwords(db.vertx());
  final People people = new People(db.database(), passwords, links, audit, rules(null), clock);
  final Credentials credentials = new Credentials(db.database(), passwords, links, audit, clock);
  final Seal seal = new Seal("the key of these tests, 32 bytes".getBytes(US_ASCII));
  final SecondFactor secondFactor = new SecondFactor(db.database(), seal, audit, clock);
  final ApiTokens tokens = new ApiTokens(db.database(), audit, clock);
  final Acceptance acceptance = acceptance(null);
  final Sessions sessions =
      new Sessions(db.database(), credentials, links, secondFactor, audit, clock, rules(null));

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

  /** Somebody with a password and a role for a client, or (null) for all. */
  Person person(String email, Role role, @Nullable Integer clientId) {
    Person person =
        await(people.createUnasked("test", new PersonDraft(email, email), role, clientId));
    String link = await(links.issue(Purpose.INVITE, person.id(), Duration.ofDays(1)));
    return await(credentials.set(link, Purpose.INVITE, PASSWORD));
  }

  @Override
  public void close() {
    db.close();
  }
}
