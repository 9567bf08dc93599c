package org.tagwarden.collector.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.alerts.SmtpSink.Accepted;
import org.tagwarden.collector.db.TestDatabase;
import org.tagwarden.collector.intake.TestSite;

/** The short version of scripts/bench alerts: processes that are killed while they send. */
@Tag("database")
class KilledSenderTest {
  private static final int MESSAGES = 400;
  private static final int KILLS = 2;

  @Test
  void a_killed_sender_loses_no_message_and_doubles_none_under_another_id() throws Exception {
    try (TestDatabase db = TestDatabase.fresh();
        SmtpSink sink = new SmtpSink()) {
      TestSite site = TestSite.create(db, Clock.systemUTC());
      site.run(WAITING, site.id(), MESSAGES);

      for (int kill = 0; kill < KILLS; kill++) {
        Process sender = AlertSender.start(db.settings(), sink.port());
        try {
          boolean sends = sink.after(sink.accepted().size() + 20).await(60, TimeUnit.SECONDS);
          assertThat(sends).as("the sender sends").isTrue();
        } finally {
          sender.destroyForcibly().waitFor();
        }
      }
      long cutShort = site.count("SELECT count(*) FROM alert WHERE state = 'SENDING'");
      site.run("UPDATE alert SET claimed_until = now() WHERE state = 'SENDING'"); // the lease ends
      await(AlertSender.loop(db.vertx(), db.database(), sink.port()).sendDue());

      assertThat(site.texts("SELECT DISTINCT state FROM alert")).containsExactly("SENT");
      List<String> ids = sink.accepted().stream().map(Accepted::id).toList();
      assertThat(ids.stream().collect(Collectors.toSet()))
          .isEqualTo(
              site.texts("SELECT message_id FROM alert").stream().collect(Collectors.toSet()));
      assertThat(ids.size() - MESSAGES)
          .as("only what was on its way may come twice")
          .isLessThanOrEqualTo((int) cutShort);
      assertThat(AlertLoop.LEASE).isGreaterThan(Duration.ofSeconds(90));
    }
  }

  /** One finding, told to many. $1 site, $2 how many. */
  static final String WAITING =
      """
      WITH f AS (
        INSERT INTO finding (site_id, check_id, subject, severity, summary, evidence, remedy, state, first_visit,
                             opened_at, last_seen_at)
        VALUES ($1, 'unapproved-script', 'a.example/x.js', 'HIGH', 'It runs.', '[]', 'Decide.', 'OPEN',
                gen_random_uuid(), now(), now()) RETURNING id),
      c AS (INSERT INTO finding_change (finding_id, change, at) SELECT id, 'OPENED', now() FROM f RETURNING id),
      a AS (
        INSERT INTO alert (site_id, channel, recipient, message_id, state, not_before, created_at)
        SELECT $1, 'email', 'p' || n || '@shop.example', 'alert-' || gen_random_uuid() || '@tagwarden', 'WAITING', now(), now()
        FROM generate_series(1, $2::int) n RETURNING id)
      INSERT INTO alert_item (alert_id, change_id) SELECT a.id, c.id FROM a, c
      """;
}
