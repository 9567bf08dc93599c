package org.tagwarden.collector.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tagwarden.collector.db.TestDatabase.await;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tagwarden.collector.MovableClock;
import org.tagwarden.collector.ServerConfig.Retention;
import org.tagwarden.collector.db.Partitions.Table;

@Tag("database")
class RetentionTest {
  private final MovableClock clock = MovableClock.at("2026-03-15T12:00:00Z");
  private static final LocalDate MAY = LocalDate.parse("2026-05-01");

  private TestDatabase db;
  private Partitions partitions;
  private RetentionLoop loop;

  @BeforeEach
  void start() {
    db = TestDatabase.fresh();
    partitions = new Partitions(db.database(), clock);
    Retention retention = new Retention(90, 30, 365);
    loop = new RetentionLoop(db.vertx(), db.database(), partitions, retention, clock);
  }

  @AfterEach
  void stop() {
    db.close();
  }

  @Test
  void the_months_to_come_are_ready_and_rows_go_there() {
    await(partitions.makeAhead());
    await(partitions.makeAhead());

    assertThat(await(partitions.names(Table.TAG_DAY)))
        .containsExactly(
            "tag_day_2026_03", "tag_day_2026_04", "tag_day_2026_05", "tag_day_default");
    report("2026-03-31T23:59:59Z");
    report("2026-04-01T00:00:00Z");
    report("2025-01-01T00:00:00Z");
    assertThat(count("visit_report_2026_03")).isOne();
    assertThat(count("visit_report_2026_04")).isOne();
    assertThat(count("visit_report_default")).isOne();
  }

  @Test
  void servers_that_start_together_make_them_once() {
    Future<Void> one = partitions.makeAhead();
    Future<Void> two = new Partitions(db.database(), clock).makeAhead();
    await(one);
    await(two);

    assertThat(await(partitions.names(Table.PAGE_VISIT))).hasSize(4);
  }

  @Test
  void a_long_reader_keeps_its_month_and_holds_up_nobody_else() {
    await(partitions.makeAhead());
    report("2026-03-20T00:00:00Z");
    clock.moveTo("2026-06-01T00:00:00Z");
    var reader = await(db.database().pool().getConnection());
    var reading = await(reader.begin());
    await(reader.query("SELECT count(*) FROM visit_report").execute());
    try {
      assertThatThrownBy(() -> await(partitions.dropBefore(Table.VISIT_REPORT, MAY)))
          .hasMessageContaining("lock timeout");
      report("2026-05-20T00:00:00Z");
    } finally {
      await(reading.rollback());
      await(reader.close());
    }
    await(partitions.dropBefore(Table.VISIT_REPORT, MAY));
    assertThat(await(partitions.names(Table.VISIT_REPORT))).doesNotContain("visit_report_2026_03");
  }

  @Test
  void a_month_is_dropped_once_all_of_it_is_past_and_late_rows_with_it() {
    await(partitions.makeAhead());
    report("2026-03-20T00:00:00Z");
    report("2026-04-02T00:00:00Z");
    report("2026-02-27T00:00:00Z");

    clock.moveTo("2026-04-29T00:00:00Z");
    await(loop.tidy());
    assertThat(count("visit_report_2026_03")).isOne();
    assertThat(count("visit_report_default")).isZero();
    clock.moveTo("2026-05-01T00:00:00Z");
    await(loop.tidy());
    assertThat(await(partitions.names(Table.VISIT_REPORT)))
        .doesNotContain("visit_report_2026_03")
        .contains("visit_report_2026_04", "visit_report_2026_07");
    assertThat(await(partitions.names(Table.PAGE_VISIT))).contains("page_visit_2026_03");
    assertThat(count("visit_report")).isOne();
  }

  @Test
  void an_image_goes_with_the_last_report_that_shows_it() {
    db.sql(
        """
        INSERT INTO client (name, created_at) VALUES ('Bakery', now());
        INSERT INTO site (client_id, name, base_url, page_urls, created_at)
        VALUES (1, 'Shop', 'https://shop.example', '{https://shop.example/}', now());
        INSERT INTO screenshot VALUES ('old', 'image/webp', 'x', '2026-02-01'), ('new', 'image/webp', 'x', '2026-03-10');
        INSERT INTO visit_screenshot
        SELECT 1, gen_random_uuid(), sha256, 'AFTER_LOAD', 1, 1, shown_last FROM screenshot
        """);

    await(loop.tidy());

    assertThat(count("screenshot")).isOne();
    assertThat(count("visit_screenshot")).isOne();
  }

  @Test
  void a_month_whose_rows_came_before_its_partition_stays_where_it_is() {
    report("2026-03-02T00:00:00Z");

    await(partitions.makeAhead());
    assertThat(await(partitions.names(Table.VISIT_REPORT)))
        .doesNotContain("visit_report_2026_03")
        .contains("visit_report_2026_04");
    report("2026-03-03T00:00:00Z");
    assertThat(count("visit_report_default")).isEqualTo(2);
  }

  @Test
  void what_evidence_is_made_of_stays_until_its_day_or_for_good() {
    db.sql(
        """
        INSERT INTO client (name, created_at) VALUES ('Bakery', now());
        INSERT INTO site (client_id, name, base_url, page_urls, created_at)
        VALUES (1, 'Shop', 'https://shop.example', '{https://shop.example/}', now());
        INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, state)
        SELECT gen_random_uuid(), 1, 'VISITS', 'SCHEDULE', at, at, 'PARKED'
        FROM unnest('{2025-12-15 00:00Z,2025-12-14 23:59Z}'::timestamptz[]) AS at;
        INSERT INTO site_change (site_id, at, visit_id, page_id, kind, subject, what, note)
        SELECT 1, at, gen_random_uuid(), 0, 'HOST', 'a.example', 'NEW', ''
        FROM unnest('{2025-03-15 00:00Z,2025-03-14 23:59Z}'::timestamptz[]) AS at;
        INSERT INTO finding (site_id, check_id, subject, severity, summary, evidence, remedy, state, first_visit, opened_at,
                             last_seen_at, resolved_at)
        VALUES (1, 'c', 's', 'LOW', 's', '[]', 'r', 'RESOLVED', gen_random_uuid(), '2015-01-01', '2015-01-01', '2015-01-01');
        INSERT INTO finding_change (finding_id, change, at) SELECT id, 'OPENED', '2015-01-01' FROM finding;
        INSERT INTO alert (site_id, channel, recipient, message_id, state, not_before, created_at)
        VALUES (1, 'email', 'it@shop.example', 'm', 'SENT', '2015-01-01', '2015-01-01');
        INSERT INTO audit_entry (at, who, action, subject) VALUES ('2015-01-01', 'Ann', 'create site', 'Shop')
        """);

    await(loop.tidy());

    for (String kept : List.of("scan", "site_change", "finding", "finding_change", "alert")) {
      assertThat(count(kept)).as(kept).isOne();
    }
    assertThat(count("audit_entry")).isOne();
  }

  @Test
  void ended_sessions_and_links_go() {
    db.sql(
        """
        INSERT INTO person (email, name, created_at) VALUES ('a@example.com', 'A', now());
        INSERT INTO web_session SELECT '\\x01', id, 'c', now(), '2026-03-15 11:59+00' FROM person;
        INSERT INTO web_session SELECT '\\x02', id, 'c', now(), '2026-03-15 12:01+00' FROM person;
        """);

    await(loop.tidy());
    assertThat(count("web_session")).isOne();
  }

  private void report(String startedAt) {
    db.sql(
        "INSERT INTO visit_report (site_id, visit_id, started_at, report)"
            + " VALUES (1, gen_random_uuid(), '"
            + startedAt
            + "', '\\x00')");
  }

  private long count(String table) {
    return await(db.database().pool().query("SELECT count(*) FROM " + table).execute())
        .iterator()
        .next()
        .getLong(0);
  }
}
