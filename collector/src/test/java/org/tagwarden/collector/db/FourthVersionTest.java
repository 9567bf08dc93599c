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
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.AuthorizationBook;
import org.tagwarden.collector.governance.rules.Authorization;

/** The decisions of a third version become authorizations, each with its whole history. */
@Tag("database")
class FourthVersionTest {
  private static final String SHA = "ab".repeat(32);

  private static final String THIRD_VERSION_ROWS =
      """
      INSERT INTO client (name, created_at) VALUES ('Bakery', now());
      INSERT INTO site (client_id, name, base_url, page_urls, options, created_at) VALUES
        (1, 'Shop', 'https://shop.example', '{https://shop.example/}', '{}', now());
      INSERT INTO decision (site_id, tag_key, script_sha256, state, justification, decided_by_name, decided_at) VALUES
        (1, 'hotjar', NULL, 'PENDING', 'Asked for.', 'Mia', '2026-01-01T06:00:00Z'),
        (1, 'host:tags.unheard-of.example', NULL, 'REFUSED', 'Nobody knows it.', 'Tom', '2026-01-02T06:00:00Z'),
        (1, 'hotjar', NULL, 'APPROVED', 'Heatmaps.', 'Tom', '2026-01-03T06:00:00Z'),
        (1, 'host:[2001:db8::1]', NULL, 'REFUSED', 'An address.', 'Tom', '2026-01-04T06:00:00Z'),
        (1, NULL, decode('%s', 'hex'), 'APPROVED', 'This version.', 'Tom', '2026-01-05T06:00:00Z');
      """
          .formatted(SHA);

  private static Vertx vertx;
  private static Database database;

  @BeforeAll
  static void migrate() {
    DatabaseSettings settings = TestDatabase.broughtUpFrom("3", THIRD_VERSION_ROWS);
    vertx = Vertx.vertx();
    database = Database.open(vertx, settings);
  }

  @AfterAll
  static void close() {
    await(database.close());
    await(vertx.close());
  }

  @Test
  void the_newest_decision_of_each_subject_is_an_authorization_without_limits() {
    assertThat(
            texts(
                """
                SELECT subject_kind || ' ' || subject || ' ' || verdict || ' ' || decided_by_name || ' ' || version
                FROM tag_authorization WHERE site_id = 1 AND pages = 'ALL' ORDER BY decided_at
                """))
        .containsExactly(
            "HOST tags.unheard-of.example REFUSED Tom 1",
            "PRODUCT hotjar APPROVED Tom 2",
            "PRODUCT host:[2001:db8::1] REFUSED Tom 1",
            "SCRIPT " + SHA + " APPROVED Tom 1");
  }

  @Test
  void every_decision_stays_in_the_history_under_its_number() {
    assertThat(
            texts(
                """
                SELECT c.id || ' ' || c.action || ' ' || c.verdict || ' ' || c.justification
                FROM authorization_change c ORDER BY c.id
                """))
        .containsExactly(
            "1 CREATED PENDING Asked for.",
            "2 CREATED REFUSED Nobody knows it.",
            "3 CHANGED APPROVED Heatmaps.",
            "4 CREATED REFUSED An address.",
            "5 CREATED APPROVED This version.");
    assertThat(texts("SELECT nextval(pg_get_serial_sequence('authorization_change', 'id'))"))
        .containsExactly("6");
  }

  @Test
  void what_was_migrated_can_be_read() {
    AuthorizationBook book =
        new AuthorizationBook(
            database,
            new FindingLedger(),
            new AuditLog(java.time.Clock.systemUTC()),
            java.time.Clock.systemUTC());
    assertThat(await(book.ofClient(1)))
        .hasSize(4)
        .allMatch(one -> one.envelope().isOpen() && one.justification().kind() == null)
        .extracting(Authorization::subject)
        .extracting(subject -> subject.label())
        .contains("product hotjar", "script " + SHA);
  }

  private static List<String> texts(String sql) {
    List<String> texts = new ArrayList<>();
    for (Row row : await(database.pool().query(sql).execute())) {
      texts.add(String.valueOf(row.getValue(0)));
    }
    return texts;
  }
}
