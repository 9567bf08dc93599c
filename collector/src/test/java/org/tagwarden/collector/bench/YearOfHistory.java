package org.tagwarden.collector.bench;

import io.vertx.core.Future;
import org.tagwarden.collector.db.Database;

/**
 * Fills a database with a year of an agency: 50 sites with 200 tags and 20 pages each, scanned
 * daily.
 */
public final class YearOfHistory {
  /** The client that owns the sites. */
  public static final String CLIENT = "Bench agency";

  private static final String[] STEPS = {
    "INSERT INTO client (name, created_at) VALUES ('" + CLIENT + "', now() - interval '1 year')",
    """
    INSERT INTO site (client_id, name, base_url, page_urls, created_at)
    SELECT c.id, 'Bench ' || n, 'https://bench' || n || '.example', ARRAY['https://bench' || n || '.example/'],
           now() - interval '1 year'
    FROM client c, generate_series(1, 50) n WHERE c.name = 'Bench agency'
    """,
    """
    INSERT INTO page (site_id, url, first_seen, last_seen)
    SELECT s.id, s.base_url || '/p' || n, now() - interval '1 year', now()
    FROM site s, generate_series(1, 20) n WHERE s.name LIKE 'Bench %'
    """,
    """
    INSERT INTO tag (site_id, key, vendor, product, category, known, account_ids, hosts, load_method,
                     loader_key, pages, first_seen, last_seen)
    SELECT s.id, 'tag-' || n, 'Vendor ' || n % 140, 'Product ' || n,
           (ARRAY['ANALYTICS', 'ADVERTISING', 'CHAT', 'TAG_MANAGER', 'UNKNOWN'])[1 + n % 5], n % 5 <> 4,
           ARRAY['G-' || upper(left(md5(s.id || '-' || n), 10))], ARRAY['t' || n || '.vendor.example'],
           (ARRAY['HARD_CODED', 'CONTAINER', 'PIGGYBACK'])[1 + n % 3],
           CASE WHEN n % 3 > 0 THEN 'tag-' || 1 + n % 7 END, 1 + n % 20,
           now() - n % 365 * interval '1 day', now()
    FROM site s, generate_series(1, 200) n WHERE s.name LIKE 'Bench %'
    """,
    """
    INSERT INTO tag_day (site_id, day, tag_id, firings, pages, requests, bytes, load_ms, cpu_ms, blocking_ms)
    SELECT t.site_id, current_date - d, t.id, 20, t.pages, 20 + (t.id * 7 + d) % 90,
           20 * (1000 + (t.id * 31 + d * 17) % 60000), 20 * ((t.id + d) % 400), t.id % 90, t.id % 40
    FROM tag t JOIN site s ON s.id = t.site_id, generate_series(0, 364) d WHERE s.name LIKE 'Bench %'
    """,
    """
    INSERT INTO site_day (site_id, day, visits, tags, vendors, requests, third_party_requests, bytes,
                          third_party_bytes, open_low, open_medium, open_high)
    SELECT s.id, current_date - d, 20, 200 - d / 8, 140 - d / 12, 3000, 2000 - d, 40000000, 25000000, 5, 10, 5
    FROM site s, generate_series(0, 364) d WHERE s.name LIKE 'Bench %'
    """,
    """
    INSERT INTO tag_authorization (client_id, site_id, subject_kind, subject, verdict, justification, justified_by,
                                   justified_at, decided_by_name, decided_at)
    SELECT s.client_id, t.site_id, CASE WHEN t.key LIKE 'host:%' THEN 'HOST' ELSE 'PRODUCT' END,
           regexp_replace(t.key, '^host:', ''),
           (ARRAY['APPROVED', 'APPROVED', 'REFUSED', 'PENDING'])[1 + t.id % 4], 'Needed for sales.', 'Ada',
           now() - interval '90 days', 'Ada', now() - interval '90 days'
    FROM tag t JOIN site s ON s.id = t.site_id WHERE s.name LIKE 'Bench %' AND t.id % 10 < 8
    """,
    """
    INSERT INTO finding (site_id, check_id, subject, tag_id, severity, summary, evidence, remedy, state, pages,
                         first_visit, opened_at, last_seen_at)
    SELECT t.site_id, 'unapproved-script', t.hosts[1] || '/t.js', t.id, 'HIGH', 'It runs.', '["seen"]', 'Decide.',
           'OPEN', '{}', gen_random_uuid(), now() - interval '9 days', now()
    FROM tag t JOIN site s ON s.id = t.site_id WHERE s.name LIKE 'Bench %' AND t.id % 10 >= 8
    """,
    "ANALYZE"
  };

  private YearOfHistory() {}

  /** Takes a minute or two. */
  public static Future<Void> fill(Database database) {
    Future<Void> done = Future.succeededFuture();
    for (String step : STEPS) {
      done = done.compose(before -> database.pool().query(step).execute().mapEmpty());
    }
    return done;
  }
}
