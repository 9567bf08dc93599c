package org.tagwarden.collector.inventory;

/** The SQL by which a visit changes the inventory. Each statement runs under the site's lock. */
final class SightingQueries {
  private SightingQueries() {}

  /**
   * Facts of a tag follow its newest visit; lists are separated by line feeds in their column.
   * Pages may carry different containers: each keeps the version that was seen last.
   */
  static final String TAGS =
      """
      INSERT INTO tag (site_id, key, vendor, product, category, known, account_ids, hosts, load_method,
                       loader_key, loader_url, container_id, versions, first_seen, last_seen)
      SELECT $1, u.key, u.vendor, u.product, u.category, u.known,
             string_to_array(u.accounts, E'\\n'), string_to_array(u.hosts, E'\\n'),
             u.load_method, u.loader_key, u.loader_url, u.container_id, u.versions::jsonb, $2, $2
      FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::bool[], $8::text[], $9::text[],
                  $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])
        AS u (key, vendor, product, category, known, accounts, hosts, load_method, loader_key, loader_url,
              container_id, versions)
      ON CONFLICT (site_id, key) DO UPDATE SET
        vendor = excluded.vendor, product = excluded.product, category = excluded.category,
        known = excluded.known,
        account_ids = ARRAY(SELECT DISTINCT a FROM unnest(tag.account_ids || excluded.account_ids) a ORDER BY a),
        hosts = ARRAY(SELECT DISTINCT h FROM unnest(tag.hosts || excluded.hosts) h ORDER BY h),
        load_method = CASE WHEN $2 >= tag.last_seen THEN excluded.load_method ELSE tag.load_method END,
        loader_key = CASE WHEN $2 >= tag.last_seen THEN excluded.loader_key ELSE tag.loader_key END,
        loader_url = CASE WHEN $2 >= tag.last_seen THEN excluded.loader_url ELSE tag.loader_url END,
        container_id = CASE WHEN $2 >= tag.last_seen THEN excluded.container_id ELSE tag.container_id END,
        versions = CASE WHEN $2 >= tag.last_seen THEN tag.versions || excluded.versions
                        ELSE excluded.versions || tag.versions END,
        first_seen = least(tag.first_seen, excluded.first_seen),
        last_seen = greatest(tag.last_seen, excluded.last_seen)
      RETURNING id, key
      """;

  /** $1 page; $2, $3, $4: consent, journey and its page, of the state that is meant. */
  static final String STATES =
      """
      SELECT id, seen_at, tag_ids, resource_ids, script_ids, early_tag_ids, choice_made, choice_missed,
             consent = $2 AND journey = $3 AND journey_page = $4 AS same
      FROM page_state WHERE page_id = $1
      """;

  static final String PUT_STATE =
      """
      INSERT INTO page_state (page_id, site_id, consent, journey, journey_page, visit_id, seen_at, resource_ids,
                              tag_ids, script_ids, early_tag_ids, choice_made, choice_missed, payment)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      ON CONFLICT (page_id, consent, journey, journey_page) DO UPDATE SET
        visit_id = excluded.visit_id, seen_at = excluded.seen_at,
        resource_ids = excluded.resource_ids, tag_ids = excluded.tag_ids, script_ids = excluded.script_ids,
        early_tag_ids = excluded.early_tag_ids, choice_made = excluded.choice_made,
        choice_missed = excluded.choice_missed, payment = excluded.payment
      RETURNING id
      """;

  /** $1 tags that the page now carries, $2 tags that it carries no more. */
  static final String COUNT_PAGES =
      """
      UPDATE tag SET pages = greatest(0, pages + CASE WHEN id = ANY($1::int[]) THEN 1 ELSE -1 END)
      WHERE id = ANY($1::int[]) OR id = ANY($2::int[])
      """;

  static final String SCRIPTS =
      """
      INSERT INTO site_script (site_id, script_id, resource_id, tag_id, kind, first_seen, last_seen)
      SELECT $1, u.script_id, u.resource_id, u.tag_id, u.kind, $2, $2
      FROM unnest($3::int[], $4::int[], $5::int[], $6::text[]) AS u (script_id, resource_id, tag_id, kind)
      ON CONFLICT (site_id, script_id) DO UPDATE SET
        resource_id = coalesce(excluded.resource_id, site_script.resource_id),
        tag_id = coalesce(excluded.tag_id, site_script.tag_id),
        kind = excluded.kind,
        first_seen = least(site_script.first_seen, excluded.first_seen),
        last_seen = greatest(site_script.last_seen, excluded.last_seen)
      """;

  static final String TAG_DAY =
      """
      INSERT INTO tag_day (site_id, day, tag_id, firings, pages, requests, bytes, load_ms)
      SELECT $1, $2, u.tag_id, 1, t.pages, u.requests, u.bytes, u.load_ms
      FROM unnest($3::int[], $4::int[], $5::bigint[], $6::bigint[]) AS u (tag_id, requests, bytes, load_ms)
      JOIN tag t ON t.id = u.tag_id
      ON CONFLICT (site_id, day, tag_id) DO UPDATE SET
        firings = tag_day.firings + 1,
        pages = greatest(tag_day.pages, excluded.pages),
        requests = tag_day.requests + excluded.requests,
        bytes = tag_day.bytes + excluded.bytes,
        load_ms = tag_day.load_ms + excluded.load_ms
      """;

  static final String SITE_DAY =
      """
      INSERT INTO site_day (site_id, day, visits, tags, vendors, requests, third_party_requests, bytes, third_party_bytes)
      SELECT $1, $2, 1, count(*), count(DISTINCT t.vendor), $3, $4, $5, $6
      FROM tag_day d JOIN tag t ON t.id = d.tag_id
      WHERE d.site_id = $1 AND d.day = $2 AND d.firings > 0
      ON CONFLICT (site_id, day) DO UPDATE SET
        visits = site_day.visits + 1,
        tags = excluded.tags, vendors = excluded.vendors,
        requests = site_day.requests + excluded.requests,
        third_party_requests = site_day.third_party_requests + excluded.third_party_requests,
        bytes = site_day.bytes + excluded.bytes,
        third_party_bytes = site_day.third_party_bytes + excluded.third_party_bytes
      """;
}
