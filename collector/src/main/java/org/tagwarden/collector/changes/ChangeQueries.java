package org.tagwarden.collector.changes;

/** The SQL of changes. Each statement runs under the site's lock. */
final class ChangeQueries {
  private ChangeQueries() {}

  /**
   * $1 site, $2 page (0 for a journey's), $3 consent, $4 device, $5 journey, $6 its page, $7 how
   * many whole visits this is (0 or 1), $8 visits after which a page is known well, $9 time.
   */
  static final String WATCH =
      """
      INSERT INTO watch (site_id, page_id, consent, device, journey, journey_page, visits, inherited, last_at)
      SELECT $1, $2, $3, $4, $5, $6, $7,
             EXISTS (SELECT FROM watch WHERE site_id = $1 AND consent = $3 AND device = $4 AND visits > $8), $9
      ON CONFLICT (site_id, page_id, consent, device, journey, journey_page)
        DO UPDATE SET visits = watch.visits + excluded.visits, last_at = greatest(watch.last_at, excluded.last_at)
      RETURNING id, visits, inherited
      """;

  private static final String KNOWN_COLUMNS =
      """
      SELECT id, key, kind, subject, value, page_id, tag_key, first_seen, last_seen, script_sha256,
             CASE WHEN state = 'OPEN' THEN told END AS told
      FROM watched
      """;

  /** $1 site, $2 keys. */
  static final String KNOWN = KNOWN_COLUMNS + "WHERE site_id = $1 AND key = ANY($2::uuid[])";

  /** $1 site, $2 kinds, $3 subjects. */
  static final String SAME_SUBJECT =
      KNOWN_COLUMNS
          + "WHERE site_id = $1 AND (kind, subject) IN (SELECT * FROM unnest($2::text[], $3::text[]))";

  /** $1 site, $2 kinds, $3 families, $4 since. */
  static final String FAMILIES =
      """
      SELECT kind, family, count(DISTINCT first_visit)::int AS visits,
             count(DISTINCT (first_seen AT TIME ZONE 'UTC')::date)::int AS days
      FROM watched
      WHERE site_id = $1 AND first_seen > $4 AND (kind, family) IN (SELECT * FROM unnest($2::text[], $3::text[]))
      GROUP BY kind, family
      """;

  static final String TEXTS =
      "SELECT sha256, fingerprint, skeleton, hosts, constructs FROM script_text WHERE sha256 = ANY($1::bytea[])";

  static final String ADD_TEXTS =
      """
      INSERT INTO script_text (sha256, fingerprint, skeleton, hosts, constructs)
      SELECT u.sha256, u.fingerprint, u.skeleton,
             coalesce(string_to_array(nullif(u.hosts, ''), E'\\n'), '{}'),
             coalesce(string_to_array(nullif(u.constructs, ''), E'\\n'), '{}')
      FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::text[], $5::text[])
        AS u (sha256, fingerprint, skeleton, hosts, constructs)
      ORDER BY u.sha256
      ON CONFLICT DO NOTHING
      """;

  /** $1 site, $2 checks, $3 subjects. */
  static final String OPEN_FINDINGS =
      """
      SELECT check_id, subject FROM finding
      WHERE site_id = $1 AND state = 'OPEN' AND (check_id, subject) IN (SELECT * FROM unnest($2::text[], $3::text[]))
      """;

  /** $1 site, $2 time, $3 visit; the rest are columns. */
  static final String ADD =
      """
      INSERT INTO watched (site_id, key, kind, subject, value, page_id, family, tag_key, state, first_seen, last_seen,
                           first_visit, script_sha256, body, told, cause_check, cause_subject)
      SELECT $1, u.key, u.kind, u.subject, u.value, u.page_id, u.family, u.tag_key,
             CASE WHEN u.told IS NULL THEN 'BASELINE' ELSE 'OPEN' END, $2, $2, $3, u.sha256, u.body, u.told::jsonb,
             u.cause_check, u.cause_subject
      FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[], $10::text[], $11::bytea[],
                  $12::bytea[], $13::text[], $14::text[], $15::text[])
        AS u (key, kind, subject, value, page_id, family, tag_key, sha256, body, told, cause_check, cause_subject)
      ON CONFLICT (site_id, key) DO NOTHING
      RETURNING id, key
      """;

  /** $1 site, $2 time, $3 visit, $4 page; the rest are columns. */
  static final String LOG =
      """
      INSERT INTO site_change (site_id, at, visit_id, page_id, kind, subject, tag_key, what, before, after, note,
                               before_id, after_id, check_id, finding_subject)
      SELECT $1, $2, $3, $4, u.*
      FROM unnest($5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::int[],
                  $13::int[], $14::text[], $15::text[]) AS u
      """;

  /** Once a day is enough to know what nobody shows any more. $1 ids, $2 time. */
  static final String STILL_SEEN = "UPDATE watched SET last_seen = $2 WHERE id = ANY($1::int[])";

  /** $1 ids. */
  static final String ACCEPT =
      "UPDATE watched SET state = 'BASELINE', told = NULL WHERE id = ANY($1::int[])";

  /** $1 site, $2 kind, $3 subjects: what is open of these is accepted. */
  static final String ACCEPT_SUBJECTS =
      """
      UPDATE watched SET state = 'BASELINE', told = NULL
      WHERE site_id = $1 AND kind = $2 AND subject = ANY($3::text[]) AND state = 'OPEN'
      """;

  /** The newest approval of each tag as such. $1 site, $2 tags. */
  static final String APPROVALS =
      """
      SELECT k.key AS tag_key, max(a.decided_at) AS at
      FROM unnest($2::text[]) AS k (key)
      JOIN site s ON s.id = $1
      LEFT JOIN tag t ON t.site_id = s.id AND t.key = k.key
      JOIN tag_authorization a ON a.client_id = s.client_id AND (a.site_id IS NULL OR a.site_id = s.id)
        AND a.verdict = 'APPROVED' AND a.withdrawn_at IS NULL
        AND ((a.subject_kind = 'PRODUCT' AND a.subject = k.key)
          OR (a.subject_kind = 'HOST' AND 'host:' || a.subject = k.key)
          OR (a.subject_kind = 'VENDOR' AND lower(a.subject) = lower(t.vendor)))
      GROUP BY k.key
      """;

  /** Whether every other watch of the site misses it for good. $1 watch, $2 ids of watched. */
  static final String GONE_ELSEWHERE =
      """
      SELECT w.id, w.kind, w.subject, w.value, w.tag_key,
             NOT EXISTS (SELECT FROM showing s WHERE s.what = 'WATCHED' AND s.subject_id = w.id AND s.watch_id <> $1
                         AND NOT s.gone) AS elsewhere
      FROM watched w WHERE w.id = ANY($2::int[])
      """;

  // ---- accepting, and pages

  /** $1 site, $2 tags by id, or null for any. */
  static final String OPEN_OF_TAGS =
      KNOWN_COLUMNS
          + """
          WHERE site_id = $1 AND state = 'OPEN'
            AND ($2::int[] IS NULL OR tag_key IN (SELECT key FROM tag WHERE site_id = $1 AND id = ANY($2)))
          ORDER BY id
          """;

  /** $1 ids: somebody said that they are as they should be. */
  static final String ACCEPT_FOR_GOOD =
      "UPDATE watched SET state = 'BASELINE', told = NULL, accepted = true WHERE id = ANY($1::int[])";

  /** Open changes that a finding is about. $1 site, $2 rule, $3 subject. */
  static final String OF_FINDING =
      "SELECT id FROM watched WHERE site_id = $1 AND state = 'OPEN' AND told ->> 'rule' = $2 AND told ->> 'subject' = $3";

  /** What is gone and accepted is watched no more. $1 site, $2 tag. */
  static final String FORGET_GONE =
      """
      DELETE FROM showing s USING watched w
      WHERE s.what = 'WATCHED' AND s.subject_id = w.id AND s.gone AND w.site_id = $1 AND w.kind = 'TAG' AND w.subject = $2
      """;

  static final String FINDING =
      """
      SELECT f.check_id, f.subject, f.state, s.client_id FROM finding f JOIN site s ON s.id = f.site_id
      WHERE f.site_id = $1 AND f.id = $2
      """;

  static final String ACCEPTED =
      """
      INSERT INTO accepted_change (site_id, finding_id, justification, accepted_by, accepted_by_name, accepted_at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;

  /** Inline scripts of the same page that were known before. $1 site, $2 watched. */
  static final String INLINE_BEFORE =
      """
      SELECT o.body FROM watched w JOIN watched o
        ON o.site_id = w.site_id AND o.kind = w.kind AND o.family = w.family AND o.id < w.id AND o.body IS NOT NULL
      WHERE w.site_id = $1 AND w.id = $2 AND w.kind = 'INLINE'
      ORDER BY o.last_seen DESC, o.id DESC LIMIT 60
      """;

  static final String TEXT_OF =
      """
      SELECT coalesce(w.body, v.body) AS body
      FROM watched w LEFT JOIN script_version v ON v.sha256 = w.script_sha256
      WHERE w.site_id = $1 AND w.id = $2
      """;
}
