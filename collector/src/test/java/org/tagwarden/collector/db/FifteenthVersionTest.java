package org.tagwarden.collector.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Questions whether a duty is still needed that were under way, and who is signed in. */
@Tag("database")
class FifteenthVersionTest {
  private static final String EARLIER_ROWS =
      """
      INSERT INTO client (name, created_at) VALUES ('Shop', now());
      INSERT INTO site (client_id, name, base_url, page_urls, alert_emails, created_at)
        SELECT id, name, 'https://shop.example/', '{}', '{}', now() FROM client;
      INSERT INTO ownership (site_id, duty, rank, name, email, review_on, set_at)
        SELECT id, 'IT', 'OWNER', 'Ada', 'ada@shop.example', '2027-01-01'::date, now() FROM site
        UNION ALL SELECT id, 'BUSINESS', 'OWNER', 'Bob', 'bob@shop.example', '2027-01-01'::date, now() FROM site;
      INSERT INTO alert (site_id, channel, recipient, message_id, state, tries, not_before, created_at, kind, ownership_id)
        SELECT o.site_id, 'email', o.email, 'm' || n, 'WAITING', 0, now(), now(), 'REVIEW', o.id
        FROM ownership o, generate_series(1, 2) n WHERE o.name = 'Ada';
      INSERT INTO person (email, name, created_at) VALUES ('ada@shop.example', 'Ada', now());
      INSERT INTO web_session (token_sha256, person_id, csrf, created_at, expires_at)
        SELECT '\\x01', id, 'x', now(), now() + interval '1 hour' FROM person;
      """;

  @Test
  void a_question_that_was_asked_stays_asked_and_nobody_is_signed_out() {
    DatabaseSettings settings = TestDatabase.broughtUpFrom("11", EARLIER_ROWS);

    Vertx vertx = Vertx.vertx();
    Database database = Database.open(vertx, settings);
    Row row =
        await(
                database
                    .pool()
                    .query(
                        """
                        SELECT (SELECT a.message_id FROM ownership o JOIN alert a ON a.id = o.review_alert WHERE o.name = 'Ada') AS ada,
                               (SELECT review_alert FROM ownership WHERE name = 'Bob') AS bob,
                               (SELECT count(*) FROM alert WHERE kind = 'REVIEW' AND state = 'WAITING') AS waiting,
                               (SELECT count(*) FROM web_session WHERE ask_again_at IS NULL) AS sessions
                        """)
                    .execute())
            .iterator()
            .next();
    await(database.close());
    await(vertx.close());

    assertThat(row.getString("ada")).isEqualTo("m2");
    assertThat(row.getLong("bob")).isNull();
    assertThat(row.getLong("waiting")).isEqualTo(2);
    assertThat(row.getLong("sessions")).isEqualTo(1);
  }
}
