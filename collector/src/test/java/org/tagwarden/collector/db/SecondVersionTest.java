package org.tagwarden.collector.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A database of the first version, with what it may hold, becomes one of today. */
@Tag("database")
class SecondVersionTest {
  private static final String FIRST_VERSION_ROWS =
      """
      INSERT INTO client (name, created_at) VALUES ('Bakery', now());
      INSERT INTO site (client_id, name, base_url, page_urls, options, created_at) VALUES
        (1, 'Shop', 'https://shop.example', '{https://shop.example/}',
         '{"consent": "ACCEPT", "settleMs": 1200, "allowPrivate": true}', now()),
        (1, 'Blog', 'https://blog.example', '{https://blog.example/}',
         '{"consent": "NONE", "settleMs": 3500}', now()),
        (1, 'News', 'https://news.example', '{https://news.example/}', '{}', now());
      INSERT INTO page (site_id, url, first_seen, last_seen) VALUES
        (1, 'https://shop.example/', now(), now()), (1, 'https://shop.example/cart', now(), now());
      INSERT INTO page_visit (site_id, id, scan_id, page_id, started_at, outcome, consent, device, duration_ms,
        resource_ids, statuses, wire_bytes, start_ms, total_ms, tag_ids, requests, third_party_requests, bytes,
        third_party_bytes, scanner) VALUES
        (1, '00000000-0000-0000-0000-000000000001', gen_random_uuid(), 1, '2026-03-01T06:00:00Z', 'COMPLETE',
         'ACCEPT', 'desktop', 5000, '{}', '{}', '{}', '{}', '{}', '{7}', 0, 0, 0, 0, 'one');
      INSERT INTO page_state (page_id, site_id, visit_id, seen_at, resource_ids, tag_ids, script_ids) VALUES
        (1, 1, '00000000-0000-0000-0000-000000000001', '2026-03-01T06:00:00Z', '{1}', '{7}', '{}'),
        (2, 1, '00000000-0000-0000-0000-000000000002', '2026-03-01T06:01:00Z', '{}', '{}', '{}');
      INSERT INTO tag (site_id, key, vendor, product, category, known, load_method, loader_key, first_seen, last_seen)
        VALUES (1, 'google-analytics', 'Google', 'Google Analytics', 'ANALYTICS', true, 'CONTAINER',
          'google-tag-manager', now(), now());
      INSERT INTO finding (site_id, check_id, subject, severity, summary, evidence, remedy, state, pages,
        first_visit, opened_at, last_seen_at) VALUES
        (1, 'unapproved-script', 'a', 'HIGH', 's', '[]', 'r', 'OPEN', '{1,2}', gen_random_uuid(), now(), now()),
        (1, 'unapproved-script', 'b', 'HIGH', 's', '[]', 'r', 'RESOLVED', '{}', gen_random_uuid(), now(), now());
      """;

  private static Vertx vertx;
  private static Database database;

  @BeforeAll
  static void migrate() {
    DatabaseSettings settings = TestDatabase.broughtUpFrom("1", FIRST_VERSION_ROWS);
    vertx = Vertx.vertx();
    database = Database.open(vertx, settings);
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void the_one_consent_state_becomes_a_list_and_other_options_stay() {
    assertThat(texts("SELECT options::text FROM site ORDER BY id"))
        .containsExactly(
            "{\"consents\": [\"ACCEPT\"], \"settleMs\": 1200, \"allowPrivate\": true}",
            "{\"consents\": [\"NONE\"], \"settleMs\": 3500}",
            "{}");
  }

  @Test
  void a_settle_time_that_was_chosen_stays_and_the_usual_one_follows_history() {
    assertThat(texts("SELECT settle_auto FROM site ORDER BY id"))
        .containsExactly("false", "true", "true");
  }

  @Test
  void what_a_page_carries_belongs_to_the_consent_state_of_its_visit() {
    assertThat(
            texts("SELECT consent || ' ' || early_tag_ids::text FROM page_state ORDER BY page_id"))
        .containsExactly("ACCEPT {7}", "NONE {}");
  }

  @Test
  void an_open_finding_fails_in_the_states_of_its_pages() {
    assertThat(
            texts(
                """
                SELECT (f.states = ARRAY(SELECT id FROM page_state WHERE page_id = ANY (f.pages) ORDER BY id))::text
                  || cardinality(f.states) FROM finding f ORDER BY subject
                """))
        .containsExactly("true2", "true0");
  }

  @Test
  void a_tag_has_no_container_until_it_is_seen_again() {
    assertThat(texts("SELECT coalesce(container_id, 'none') || versions::text FROM tag"))
        .containsExactly("none{}");
  }

  private static List<String> texts(String sql) {
    List<String> texts = new ArrayList<>();
    for (Row row : await(database.pool().query(sql).execute())) {
      texts.add(String.valueOf(row.getValue(0)));
    }
    return texts;
  }
}
