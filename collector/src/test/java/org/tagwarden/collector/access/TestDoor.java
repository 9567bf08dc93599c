package org.tagwarden.collector.access;

import static org.tagwarden.collector.db.TestDatabase.await;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.access.OneTimeLinks.Purpose;
import org.tagwarden.collector.db.TestDatabase;

/** The services of the door on a fresh database, with a clock that moves. */
final class TestDoor implements AutoCloseable {
  static final String PASSWORD = "four words make one";

  final MovableClock clock = MovableClock.at("2026-03-02T08:00:00Z");
  final TestDatabase db = TestDatabase.fresh();
  final AuditLog audit = new AuditLog(clock);
  final OneTimeLinks links = new OneTimeLinks(db.database(), clock);
  final People people = new People(db.vertx(), db.database(), links, audit, clock);
  final SecondFactor secondFactor = new SecondFactor(db.database(), audit, clock);
  final Sessions sessions =
      new Sessions(db.database(), people, links, secondFactor, audit, clock, Duration.ofHours(12));

  AccountLinks accountLinks(@Nullable DoorMail mail) {
    return new AccountLinks(
        db.database(), people, links, audit, mail, "https://tagwarden.example", clock);
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
