package org.tagwarden.collector.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Owners of authorizations that were written as words become contacts where they can be told. */
@Tag("database")
class EleventhVersionTest {
  private static final String EARLIER_ROWS =
      """
      INSERT INTO client (name, created_at) VALUES ('Shop', now()), ('Bank', now());
      INSERT INTO site (client_id, name, base_url, page_urls, alert_emails, created_at)
        SELECT id, name, 'https://' || lower(name) || '.example/', '{}', '{}', now() FROM client;
      INSERT INTO ownership (site_id, duty, rank, name, email, review_on, set_at)
        SELECT id, 'IT', 'OWNER', 'Ada Lovelace', 'Ada@' || lower(name) || '.example', '2027-01-01', now() FROM site;
      INSERT INTO person (email, name, created_at) VALUES ('bob@one.example', 'Bob', now()), ('bob@two.example', 'Bob', now());
      INSERT INTO membership (person_id, client_id, role) SELECT id, NULL, 'admin' FROM person;
      INSERT INTO tag_authorization (client_id, subject_kind, subject, verdict, justification, justified_by, justified_at,
                                     decided_by_name, decided_at, owner, deputy)
        SELECT id, 'PRODUCT', 'hotjar', 'APPROVED', 'needed', 'Ida', now(), 'Ida', now(), 'ada lovelace', 'Bob'
        FROM client WHERE name = 'Shop';
      INSERT INTO tag_authorization (client_id, subject_kind, subject, verdict, justification, justified_by, justified_at,
                                     decided_by_name, decided_at, owner, deputy)
        SELECT id, 'PRODUCT', 'youtube', 'APPROVED', 'needed', 'Ida', now(), 'Ida', now(), 'Cy <CY@bank.example>', ''
        FROM client WHERE name = 'Bank';
      """;

  @Test
  void words_that_mean_one_contact_are_linked_to_it_and_all_words_stay() {
    DatabaseSettings settings = TestDatabase.broughtUpFrom("7", EARLIER_ROWS);

    Vertx vertx = Vertx.vertx();
    Database database = Database.open(vertx, settings);
    List<String> keepers = new ArrayList<>();
    for (Row row :
        await(
            database
                .pool()
                .query(
                    "SELECT owner || ': ' || owner_email || ', ' || deputy || ': ' || coalesce(deputy_email, '-') AS k FROM tag_authorization ORDER BY id")
                .execute())) {
      keepers.add(row.getString("k"));
    }
    await(database.close());
    await(vertx.close());

    assertThat(keepers)
        .containsExactly(
            "ada lovelace: ada@shop.example, Bob: -", "Cy <CY@bank.example>: cy@bank.example, : -");
  }
}
