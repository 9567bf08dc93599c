package org.tagwarden.collector.intake;

/** The intake's SQL. */
final class IntakeQueries {
  private IntakeQueries() {}

  static final String SITE_OF_SCAN =
      """
      SELECT s.id, s.base_url, s.first_party, c.settle_ms, c.cause = 'CONFIRM' AS confirms FROM scan c JOIN site s ON s.id = c.site_id WHERE c.id = $1
      """;

  static final String IS_SEEN = "SELECT 1 FROM visit_seen WHERE visit_id = $1";

  static final String MARK_SEEN =
      """
      INSERT INTO visit_seen (visit_id, site_id, stored_at) VALUES ($1, $2, $3)
      ON CONFLICT DO NOTHING RETURNING visit_id
      """;

  static final String PAGE =
      """
      INSERT INTO page (site_id, url, first_seen, last_seen) VALUES ($1, $2, $3, $3)
      ON CONFLICT (site_id, url) DO UPDATE SET
        first_seen = least(page.first_seen, excluded.first_seen),
        last_seen = greatest(page.last_seen, excluded.last_seen)
      RETURNING id
      """;

  static final String VISIT =
      """
      INSERT INTO page_visit (site_id, id, scan_id, page_id, started_at, outcome, consent, device, duration_ms,
        resource_ids, statuses, wire_bytes, start_ms, total_ms, tag_ids,
        requests, third_party_requests, bytes, third_party_bytes,
        ttfb_ms, dom_ms, load_ms, fcp_ms, lcp_ms, cls, blocking_ms, problems, scanner,
        journey, journey_page, payment, choice_made, late_ms, settle_short)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24, $25, $26, $27::text::jsonb, $28, $29, $30, $31, $32, $33, $34)
      """;

  static final String REPORT =
      "INSERT INTO visit_report (site_id, visit_id, started_at, report) VALUES ($1, $2, $3, $4)";

  static final String COUNT_VISIT =
      "UPDATE scan SET visits = visits + 1, failed_visits = failed_visits + $2 WHERE id = $1";

  // ---- dictionaries: read what is known, insert the rest in one order, read what somebody else
  // inserted meanwhile

  static final String HOSTS = "SELECT id, name FROM host WHERE name = ANY($1)";

  static final String ADD_HOSTS =
      """
      INSERT INTO host (name) SELECT name FROM unnest($1::text[]) AS u (name) ORDER BY name
      ON CONFLICT DO NOTHING RETURNING id, name
      """;

  static final String RESOURCES = "SELECT id, url_md5 FROM resource WHERE url_md5 = ANY($1)";

  static final String ADD_RESOURCES =
      """
      INSERT INTO resource (url, url_md5, host_id, type)
      SELECT u.url, u.md5, u.host_id, u.type
      FROM unnest($1::text[], $2::uuid[], $3::int[], $4::text[]) AS u (url, md5, host_id, type) ORDER BY u.md5
      ON CONFLICT DO NOTHING RETURNING id, url_md5
      """;

  static final String SCRIPTS = "SELECT id, sha256 FROM script_version WHERE sha256 = ANY($1)";

  /** Also adds the body of a version that came without one before. */
  static final String ADD_SCRIPTS =
      """
      INSERT INTO script_version (sha256, length, body, first_seen)
      SELECT u.sha256, u.length, u.body, $1
      FROM unnest($2::bytea[], $3::bigint[], $4::bytea[]) AS u (sha256, length, body) ORDER BY u.sha256
      ON CONFLICT (sha256) DO UPDATE SET body = coalesce(script_version.body, excluded.body)
      RETURNING id, sha256
      """;

  static final String WITH_BODY =
      "SELECT sha256 FROM script_version WHERE sha256 = ANY($1) AND body IS NOT NULL";

  static final String BODY =
      "SELECT body FROM script_version WHERE sha256 = $1 AND body IS NOT NULL";

  // ---- what was stored

  static final String REPORT_OF_VISIT =
      "SELECT report FROM visit_report WHERE site_id = $1 AND visit_id = $2";

  /**
   * Pages that carry the tag now come first, and of these the ones where it is likely to do most;
   * else the last visit that had it.
   */
  static final String NEWEST_REPORT_WITH_TAG =
      """
      SELECT r.report
      FROM (SELECT visit_id, seen_at FROM page_state WHERE site_id = $1 AND $2 = ANY(tag_ids)
            ORDER BY payment DESC, consent = 'ACCEPT' DESC, seen_at DESC LIMIT 1) s
      JOIN visit_report r ON r.site_id = $1 AND r.visit_id = s.visit_id
      UNION ALL
      (SELECT r.report FROM page_visit v JOIN visit_report r
         ON r.site_id = v.site_id AND r.started_at = v.started_at AND r.visit_id = v.id
       WHERE v.site_id = $1 AND $2 = ANY(v.tag_ids)
         AND v.started_at >= (SELECT last_seen - interval '1 hour' FROM tag WHERE id = $2)
       ORDER BY v.started_at DESC LIMIT 1)
      LIMIT 1
      """;

  // ---- what is watched no more

  /** The state that a journey's page had when the journey still led elsewhere: $1 the new one. */
  static final String LEFT_BY_JOURNEY =
      """
      SELECT o.id FROM page_state s JOIN page_state o
        ON o.site_id = s.site_id AND o.journey = s.journey AND o.journey_page = s.journey_page
        AND o.consent = s.consent AND o.page_id <> s.page_id
      WHERE s.id = $1 AND s.journey <> ''
      """;

  static final String SITE_OF_JOB =
      """
      SELECT j.site_id FROM scan_job j
      WHERE j.id = $1 AND j.kind = 'VISITS'
        AND NOT EXISTS (SELECT FROM scan c WHERE c.id = j.scan_id AND c.cause = 'CONFIRM')
        AND EXISTS (SELECT FROM page_visit v WHERE v.scan_id = j.scan_id AND v.outcome = 'COMPLETE')
      """;

  /**
   * States that the site's settings do not ask for any more. Signing in is no choice: it has its
   * one state whatever is played.
   */
  static final String NOT_WATCHED =
      """
      SELECT s.id FROM site i JOIN page_state s ON s.site_id = i.id
      WHERE i.id = $1
        AND s.journey IS DISTINCT FROM i.sign_in ->> 'name'
        AND (NOT coalesce(i.options -> 'consents', '["NONE"]') @> to_jsonb(s.consent)
          OR (s.journey <> '' AND NOT EXISTS (
                SELECT FROM jsonb_array_elements(i.journeys) j WHERE j ->> 'name' = s.journey)))
      """;

  /**
   * Pages that were taken off the site's list, once a scan of the whole list has passed them by. $1
   * site.
   */
  static final String NOT_LISTED =
      """
      SELECT s.id
      FROM site i JOIN page_state s ON s.site_id = i.id JOIN page p ON p.id = s.page_id
      CROSS JOIN (
        SELECT min(v.started_at) AS began FROM page_visit v
        WHERE v.site_id = $1 AND v.journey = '' AND v.scan_id = (
          SELECT c.id FROM scan c WHERE c.site_id = $1 AND c.kind = 'VISITS' AND c.state = 'DONE' AND c.pages IS NULL
          ORDER BY c.created_at DESC LIMIT 1)) last
      WHERE i.id = $1 AND i.page_kind = 'LIST' AND s.journey = '' AND p.url <> ALL (i.page_urls)
        AND s.seen_at < last.began
        AND NOT EXISTS (SELECT FROM page_visit v
                        WHERE v.site_id = $1 AND v.page_id = s.page_id AND v.started_at >= last.began)
      """;

  /**
   * Pages that nothing tried to visit since then. A journey's stay while its site has the journey:
   * one that breaks off says nothing about the pages behind. $1 site, $2 time.
   */
  static final String LEFT =
      """
      SELECT s.id FROM page_state s
      WHERE s.site_id = $1 AND s.journey = '' AND s.seen_at < $2
        AND NOT EXISTS (SELECT FROM page_visit v
                        WHERE v.site_id = $1 AND v.page_id = s.page_id AND v.started_at >= $2)
      """;

  // ---- screenshots

  static final String IMAGES =
      """
      INSERT INTO screenshot (sha256, mime_type, image, shown_last)
      SELECT u.sha256, u.mime_type, u.image, $1
      FROM unnest($2::bytea[], $3::text[], $4::bytea[]) AS u (sha256, mime_type, image) ORDER BY u.sha256
      ON CONFLICT (sha256) DO UPDATE SET shown_last = greatest(screenshot.shown_last, excluded.shown_last)
      """;

  static final String SHOWN_IMAGES =
      """
      INSERT INTO visit_screenshot (site_id, visit_id, sha256, moment, width, height, started_at)
      SELECT $1, $2, u.sha256, u.moment, u.width, u.height, $3
      FROM unnest($4::bytea[], $5::text[], $6::int[], $7::int[]) AS u (sha256, moment, width, height)
      ON CONFLICT DO NOTHING
      """;

  /** Only what a visit of this site shows. */
  static final String IMAGE =
      """
      SELECT s.mime_type, s.image FROM screenshot s
      WHERE s.sha256 = $2
        AND EXISTS (SELECT FROM visit_screenshot v WHERE v.site_id = $1 AND v.visit_id = $3 AND v.sha256 = $2)
      """;

  // ---- judging again

  static final String SITE = "SELECT id, base_url, first_party FROM site WHERE id = $1";

  /** $1 site, $2 tags by id, or null for any. */
  static final String STATES_WITH_REPORT =
      """
      SELECT s.page_id, s.id AS state_id, s.visit_id FROM page_state s
      WHERE s.site_id = $1 AND ($2::int[] IS NULL OR s.tag_ids && $2) AND EXISTS (SELECT 1 FROM visit_report r WHERE r.site_id = $1 AND r.visit_id = s.visit_id)
      ORDER BY s.page_id, s.id
      """;

  static final String IS_STILL_NEWEST = "SELECT 1 FROM page_state WHERE id = $1 AND visit_id = $2";

  static final String TAG_IDS = "SELECT id, key FROM tag WHERE site_id = $1";

  /**
   * $1 site, $2 tag, $3 at most so many: the newest visits of the states of pages that carry it.
   */
  static final String VISITS_WITH_TAG =
      """
      SELECT visit_id, (SELECT count(DISTINCT page_id)::int FROM page_state WHERE site_id = $1) AS pages
      FROM page_state WHERE site_id = $1 AND tag_ids @> ARRAY[$2::int]
      ORDER BY seen_at DESC, id LIMIT $3
      """;
}
