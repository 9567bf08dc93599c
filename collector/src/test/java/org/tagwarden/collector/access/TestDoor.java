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
  final People people = new People(db.vertx(), db.database(), links, audit, clock);
  final Seal seal = new Seal("the key of these tests, 32 bytes".getBytes(US_ASCII));
  final SecondFactor secondFactor = new SecondFactor(db.database(), seal, audit, clock);
  final ApiTokens tokens = new ApiTokens(db.database(), audit, clock);
  final Acceptance acceptance = acceptance(null);
  final Sessions sessions =
      new Sessions(
          db.database(),
          people,
          links,
          secondFactor,
          audit,
          clock,
          new SessionRules(Duration.ofHours(12), null));

  AccountLinks accountLinks(@Nullable DoorMail mail) {
    return new AccountLinks(db.database(), links, audit, mail, URL, clock);
  }

  Invitations invitations(@Nullable DoorMail mail) {
    return new Invitations(db.database(), audit, mail, URL, clock);
  }

  Acceptance acceptance(@Nullable String rolesFrom) {
    return new Acceptance(
        db.vertx(), db.database(), audit, new SessionRules(Duration.ofHours(12), rolesFrom), clock);
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
    return await(people.setPassword(link, Purpose.INVITE, PASSWORD));
  }

  @Override
  public void close() {
    db.close();
  }
}
