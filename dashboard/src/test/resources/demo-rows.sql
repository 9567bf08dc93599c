-- Three clients with a believable history, for the dashboard's tests and for looking at its pages.
INSERT INTO client (name, created_at) VALUES
  ('Nordwind Retail', now() - interval '120 days'), ('Harbour Bank', now() - interval '100 days'), ('Atelier Lumen', now() - interval '2 days');

INSERT INTO site (client_id, name, base_url, first_party, page_kind, page_urls, page_limit, alert_emails, created_at)
SELECT c.id, v.name, v.base_url, v.first_party::text[], v.page_kind, v.page_urls::text[], 20, v.alert::text[], now() - interval '90 days'
FROM (VALUES
  ('Nordwind Retail', 'Nordwind Shop', 'https://www.nordwind-shop.example', '{nordwind-static.example}', 'LIST', '{https://www.nordwind-shop.example/,https://www.nordwind-shop.example/checkout}', '{it@nordwind.example,shop@nordwind.example}'),
  ('Nordwind Retail', 'Nordwind Magazine', 'https://magazine.nordwind.example', '{}', 'SITEMAP', '{https://magazine.nordwind.example/sitemap.xml}', '{it@nordwind.example}'),
  ('Harbour Bank', 'Harbour Bank', 'https://www.harbour-bank.example', '{}', 'CRAWL', '{https://www.harbour-bank.example/}', '{security@harbour-bank.example}'),
  ('Atelier Lumen', 'Atelier Lumen', 'https://atelier-lumen.example', '{}', 'LIST', '{https://atelier-lumen.example/}', '{}')
) AS v (client, name, base_url, first_party, page_kind, page_urls, alert) JOIN client c ON c.name = v.client;

INSERT INTO scan_schedule (site_id, kind, cron, time_zone, next_run_at, last_run_at)
SELECT id, 'VISITS', '0 6 * * 1-5', 'Europe/Berlin', now() + interval '9 hours', now() - interval '3 hours' FROM site WHERE name <> 'Atelier Lumen';

INSERT INTO page (site_id, url, first_seen, last_seen)
SELECT s.id, s.base_url || p.path, now() - interval '80 days', now() - interval '3 hours'
FROM site s, (VALUES ('/'), ('/products'), ('/products/lamp-41'), ('/cart'), ('/checkout'), ('/about'), ('/contact')) AS p (path)
WHERE s.name <> 'Atelier Lumen';

-- share: how many of the seven pages carry it; since: days ago it was first seen; per: requests a visit; kb: per visit
CREATE TEMP TABLE demo_tag (key text, vendor text, product text, category text, known bool, accounts text[], hosts text[], load text, loader text, share int, since int, per int, kb int, decision text, why text);
INSERT INTO demo_tag VALUES
  ('google-tag-manager', 'Google', 'Google Tag Manager', 'TAG_MANAGER', true, '{GTM-5K2PQ8X}', '{www.googletagmanager.com}', 'HARD_CODED', null, 7, 80, 2, 96, 'APPROVED', 'Container of the web team; changes go through the release board.'),
  ('google-analytics', 'Google', 'Google Analytics 4', 'ANALYTICS', true, '{G-7XH4K2M9QD}', '{www.google-analytics.com,region1.google-analytics.com}', 'CONTAINER', 'google-tag-manager', 7, 80, 4, 112, 'APPROVED', 'Reach and conversion reporting, agreed with data protection in March.'),
  ('google-ads', 'Google', 'Google Ads', 'ADVERTISING', true, '{AW-817263544}', '{googleads.g.doubleclick.net,www.googleadservices.com}', 'CONTAINER', 'google-tag-manager', 6, 74, 5, 61, 'APPROVED', 'Search campaigns of the retail team, budget owner: M. Brandt.'),
  ('meta-pixel', 'Meta', 'Meta Pixel', 'ADVERTISING', true, '{284719930012457}', '{connect.facebook.net,www.facebook.com}', 'CONTAINER', 'google-tag-manager', 7, 70, 3, 148, 'APPROVED', 'Social campaigns; fires after consent only.'),
  ('tiktok-pixel', 'TikTok', 'TikTok Pixel', 'ADVERTISING', true, '{CQ3B7KRC77U9}', '{analytics.tiktok.com}', 'CONTAINER', 'google-tag-manager', 5, 19, 6, 187, 'PENDING', 'Asked for by marketing; contract is with legal.'),
  ('hotjar', 'Contentsquare', 'Hotjar', 'SESSION_REPLAY', true, '{3920114}', '{static.hotjar.com,script.hotjar.com,ws.hotjar.com}', 'CONTAINER', 'google-tag-manager', 7, 33, 5, 214, 'REFUSED', 'Records the checkout form; no processing agreement.'),
  ('cookiebot', 'Usercentrics', 'Cookiebot', 'CONSENT', true, '{8f2c1b7e-4a}', '{consent.cookiebot.com}', 'HARD_CODED', null, 7, 80, 3, 74, 'APPROVED', 'Consent platform.'),
  ('stripe-js', 'Stripe', 'Stripe.js', 'PAYMENT', true, '{pk_live_51Hx}', '{js.stripe.com,m.stripe.network}', 'HARD_CODED', null, 1, 80, 6, 208, 'APPROVED', 'Payment page.'),
  ('intercom', 'Intercom', 'Intercom Messenger', 'CHAT', true, '{kx8r2p0w}', '{widget.intercom.io,js.intercomcdn.com}', 'HARD_CODED', null, 7, 61, 9, 322, 'APPROVED', 'Customer service chat.'),
  ('google-fonts', 'Google', 'Google Fonts', 'FONTS', true, '{}', '{fonts.googleapis.com,fonts.gstatic.com}', 'HARD_CODED', null, 7, 80, 4, 83, 'APPROVED', 'Until the fonts are hosted by us.'),
  ('youtube', 'Google', 'YouTube', 'VIDEO', true, '{}', '{www.youtube.com,i.ytimg.com}', 'HARD_CODED', null, 2, 52, 8, 640, 'APPROVED', 'Product films.'),
  ('sentry', 'Functional Software', 'Sentry', 'ERROR_TRACKING', true, '{o4507}', '{o4507.ingest.sentry.io,browser.sentry-cdn.com}', 'HARD_CODED', null, 7, 44, 2, 41, 'APPROVED', 'Error reports of the web team.'),
  ('optimizely', 'Optimizely', 'Optimizely Web', 'AB_TEST', true, '{20143398}', '{cdn.optimizely.com,logx.optimizely.com}', 'HARD_CODED', null, 4, 28, 3, 133, 'APPROVED', 'Two tests a quarter.'),
  ('criteo', 'Criteo', 'Criteo OneTag', 'ADVERTISING', true, '{71044}', '{dynamic.criteo.com,gum.criteo.com}', 'PIGGYBACK', 'google-ads', 4, 12, 7, 96, null, null),
  ('trustpilot', 'Trustpilot', 'TrustBox', 'REVIEWS', true, '{}', '{widget.trustpilot.com}', 'HARD_CODED', null, 3, 47, 5, 88, 'APPROVED', 'Ratings on product pages.'),
  ('host:cdn.metrics-beacon.example', 'cdn.metrics-beacon.example', 'cdn.metrics-beacon.example', 'UNKNOWN', false, '{}', '{cdn.metrics-beacon.example}', 'PIGGYBACK', 'google-tag-manager', 2, 2, 3, 22, null, null),
  ('host:static.widgetry.example', 'static.widgetry.example', 'static.widgetry.example', 'UNKNOWN', false, '{}', '{static.widgetry.example}', 'UNKNOWN', null, 1, 6, 1, 9, null, null),
  ('linkedin-insight', 'LinkedIn', 'LinkedIn Insight Tag', 'ADVERTISING', true, '{5220913}', '{snap.licdn.com,px.ads.linkedin.com}', 'CONTAINER', 'google-tag-manager', 0, 60, 3, 27, 'APPROVED', 'B2B campaign of last spring.');

INSERT INTO tag (site_id, key, vendor, product, category, known, account_ids, hosts, load_method, loader_key, loader_url, pages, first_seen, last_seen)
SELECT s.id, d.key, d.vendor, d.product, d.category, d.known, d.accounts, d.hosts, d.load, d.loader,
       CASE WHEN d.loader IS NULL THEN s.base_url || '/' ELSE 'https://' || l.hosts[1] || '/' || l.key || '.js' END,
       d.share, now() - d.since * interval '1 day', now() - CASE WHEN d.share = 0 THEN interval '21 days' ELSE interval '3 hours' END
FROM site s CROSS JOIN demo_tag d LEFT JOIN demo_tag l ON l.key = d.loader
WHERE s.name = 'Nordwind Shop'
   OR (s.name = 'Nordwind Magazine' AND d.key IN ('google-tag-manager', 'google-analytics', 'youtube', 'google-fonts', 'cookiebot', 'criteo', 'meta-pixel'))
   OR (s.name = 'Harbour Bank' AND d.key IN ('google-tag-manager', 'google-analytics', 'sentry', 'cookiebot', 'hotjar'));

INSERT INTO tag_day (site_id, day, tag_id, firings, pages, requests, bytes, load_ms, cpu_ms, blocking_ms)
SELECT t.site_id, day::date, t.id, 2 * d.share, d.share, 2 * d.share * (d.per + abs(hashtext(t.key || day::date::text)) % 3),
       2 * d.share * (d.kb * 1000 + abs(hashtext(day::date::text || t.key)) % (d.kb * 120 + 1)), 2 * d.share * d.per * 90, 2 * d.share * d.kb * 0.9, 2 * d.share * d.kb * 0.2
FROM tag t JOIN demo_tag d ON d.key = t.key
CROSS JOIN LATERAL generate_series(now()::date - 79, now()::date, interval '1 day') AS day
WHERE d.share > 0 AND day::date >= now()::date - d.since;

INSERT INTO site_day (site_id, day, visits, tags, vendors, requests, third_party_requests, bytes, third_party_bytes, open_low, open_medium, open_high, open_critical)
SELECT d.site_id, d.day, 14, count(*), count(DISTINCT t.vendor), sum(d.requests) + 14 * 31, sum(d.requests), sum(d.bytes) + 14 * 820000, sum(d.bytes),
       2 + extract(day FROM d.day)::int % 3, 3 + extract(day FROM d.day)::int % 2, CASE WHEN d.day > now()::date - 20 THEN 2 ELSE 1 END, CASE WHEN d.day > now()::date - 3 THEN 1 ELSE 0 END
FROM tag_day d JOIN tag t ON t.id = d.tag_id GROUP BY d.site_id, d.day;

INSERT INTO tag_authorization (client_id, site_id, subject_kind, subject, verdict, justification, justified_by, justified_at, decided_by_name, decided_at)
SELECT s.client_id, t.site_id, CASE WHEN t.key LIKE 'host:%' THEN 'HOST' ELSE 'PRODUCT' END, regexp_replace(t.key, '^host:', ''), d.decision, d.why, x.who,
       t.first_seen + interval '2 days', x.who, t.first_seen + interval '2 days'
FROM tag t JOIN site s ON s.id = t.site_id JOIN demo_tag d ON d.key = t.key
CROSS JOIN LATERAL (SELECT CASE WHEN d.decision = 'REFUSED' THEN 'Ines Okafor' ELSE 'Tom Brandt' END AS who) x
WHERE d.decision IS NOT NULL;

INSERT INTO authorization_change (authorization_id, client_id, site_id, action, verdict, justification, by_name, at, terms)
SELECT id, client_id, site_id, 'CREATED', verdict, justification, decided_by_name, decided_at,
       jsonb_build_object(lower(subject_kind), subject, 'verdict', lower(verdict), 'justification', justification)
FROM tag_authorization;

-- Scans: one a day for a month, one that did not run, one on its way.
INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, started_at, finished_at, state, visits, failed_visits, problem)
SELECT md5(s.id || 'scan' || n)::uuid, s.id, 'VISITS', CASE WHEN n % 9 = 4 THEN 'NOW' WHEN n = 11 THEN 'CATCH_UP' ELSE 'SCHEDULE' END,
       now() - n * interval '1 day' - interval '3 hours', now() - n * interval '1 day' - interval '3 hours',
       CASE WHEN n <> 6 THEN now() - n * interval '1 day' - interval '179 minutes' END,
       CASE WHEN n <> 6 THEN now() - n * interval '1 day' - interval '177 minutes' END,
       CASE WHEN n = 6 THEN 'PARKED' ELSE 'DONE' END, CASE WHEN n = 6 THEN 0 ELSE 7 END, CASE WHEN n = 2 THEN 1 ELSE 0 END,
       CASE WHEN n = 6 THEN 'Tried three times: the scanner could not start its browser. Run "tagwarden doctor" on the scanner''s machine.' END
FROM site s CROSS JOIN generate_series(0, 29) n WHERE s.name <> 'Atelier Lumen';
INSERT INTO scan_job (id, scan_id, site_id, kind, state, not_before, tries, last_problem, created_at)
SELECT id, id, site_id, 'VISITS', CASE WHEN state = 'PARKED' THEN 'PARKED' ELSE 'DONE' END, created_at, CASE WHEN state = 'PARKED' THEN 3 ELSE 1 END, problem, created_at FROM scan;

INSERT INTO page_visit (site_id, id, scan_id, page_id, started_at, outcome, consent, device, duration_ms, resource_ids, statuses, wire_bytes, start_ms, total_ms, tag_ids,
                        requests, third_party_requests, bytes, third_party_bytes, ttfb_ms, dom_ms, load_ms, fcp_ms, lcp_ms, cls, blocking_ms, problems, scanner)
SELECT sc.site_id, md5(sc.id::text || p.id)::uuid, sc.id, p.id, sc.started_at + p.id % 7 * interval '9 seconds',
       CASE WHEN sc.failed_visits > 0 AND p.url LIKE '%/cart' THEN 'FAILED' ELSE 'COMPLETE' END, 'NONE', 'desktop', 8200 + p.id % 7 * 260, '{}', '{}', '{}', '{}', '{}', '{}',
       31 + 58 + p.id % 7, 58 + p.id % 7, 2480000, 1660000 + p.id % 7 * 9000,
       180 + abs(hashtext(sc.id::text)) % 90, 900, 1900 + abs(hashtext(sc.id::text || p.id)) % 800, 760 + abs(hashtext(sc.id::text)) % 250, 1600 + abs(hashtext(p.id || sc.id::text)) % 900, 0.04, 210,
       CASE WHEN sc.failed_visits > 0 AND p.url LIKE '%/cart' THEN '[{"observer":"proxy","phase":"navigate","code":"http-status","message":"The page answered 503: the site is down or refuses scanners. Nothing on it was judged.","requestId":1}]'::jsonb
            WHEN p.url LIKE '%/checkout' THEN '[{"observer":"browser","phase":"settle","code":"settle-cap","message":"The page was still sending requests after 60 s, so the visit was ended; later requests are missing.","requestId":null}]'::jsonb
            ELSE '[]'::jsonb END, 'scanner-1'
FROM scan sc JOIN page p ON p.site_id = sc.site_id WHERE sc.state = 'DONE';

INSERT INTO page_state (page_id, site_id, visit_id, seen_at, resource_ids, tag_ids, script_ids)
SELECT p.id, p.site_id, md5(p.id::text)::uuid, now() - interval '3 hours', '{}',
       coalesce(ARRAY(SELECT t.id FROM tag t WHERE t.site_id = p.site_id AND t.pages > (p.id - 1) % 7), '{}'), '{}'
FROM page p;

INSERT INTO host (name) SELECT DISTINCT unnest(hosts) FROM demo_tag;
INSERT INTO resource (url, url_md5, host_id, type)
SELECT 'https://' || hosts[1] || '/' || replace(key, 'host:', '') || '.js', md5('https://' || hosts[1] || '/' || replace(key, 'host:', '') || '.js')::uuid, h.id, 'SCRIPT'
FROM demo_tag d JOIN host h ON h.name = d.hosts[1];
INSERT INTO script_version (sha256, length, first_seen)
SELECT sha256((key || v)::bytea), 18000 + abs(hashtext(key || v)) % 90000, now() - v * interval '20 days' FROM demo_tag, generate_series(0, 1) v;
INSERT INTO site_script (site_id, script_id, resource_id, tag_id, kind, first_seen, last_seen)
SELECT t.site_id, sv.id, r.id, t.id, 'EXTERNAL', sv.first_seen, now() - v * interval '20 days' - interval '3 hours'
FROM tag t JOIN demo_tag d ON d.key = t.key CROSS JOIN generate_series(0, 1) v
JOIN script_version sv ON sv.sha256 = sha256((d.key || v)::bytea)
JOIN resource r ON r.url = 'https://' || d.hosts[1] || '/' || replace(d.key, 'host:', '') || '.js';

INSERT INTO finding (site_id, check_id, subject, tag_id, severity, summary, evidence, remedy, state, pages, first_visit, opened_at, last_seen_at, resolved_at)
SELECT s.id, v.check_id, v.subject, t.id, v.severity, v.summary, v.evidence::jsonb, v.remedy, v.state,
       ARRAY(SELECT id FROM page WHERE site_id = s.id ORDER BY id LIMIT v.pages), md5('first')::uuid, now() - v.age::interval, now() - interval '3 hours',
       CASE WHEN v.state = 'RESOLVED' THEN now() - interval '2 days' END
FROM site s CROSS JOIN (VALUES
  ('unapproved-script', 'cdn.metrics-beacon.example/b.js', 'host:cdn.metrics-beacon.example', 'CRITICAL', 'cdn.metrics-beacon.example/b.js runs on the checkout page, and nobody approved it', '["https://cdn.metrics-beacon.example/b.js?v=*","Loaded by Google Tag Manager (GTM-5K2PQ8X), line 214","Reads form fields: input[name=card]"]', 'Ask the owner of the container GTM-5K2PQ8X why it is there. Approve the tag with a justification, or remove it.', 'OPEN', 2, '2 days'),
  ('unapproved-script', 'dynamic.criteo.com/js/ld/ld.js', 'criteo', 'HIGH', 'dynamic.criteo.com/js/ld/ld.js runs, and nobody approved it', '["https://dynamic.criteo.com/js/ld/ld.js?a=*","Piggybacked by Google Ads (AW-817263544)"]', 'Decide about the tag Criteo OneTag, or have it removed from the container.', 'OPEN', 4, '12 days'),
  ('unapproved-script', 'static.hotjar.com/c/hotjar.js', 'hotjar', 'HIGH', 'static.hotjar.com/c/hotjar.js runs although it was refused', '["https://static.hotjar.com/c/hotjar-*.js"]', 'Remove Hotjar from the container.', 'OPEN', 7, '31 days'),
  ('missing-header', 'content-security-policy', null, 'MEDIUM', 'The site sends no Content-Security-Policy', '["GET / answered 200 without the header"]', 'Begin with Content-Security-Policy-Report-Only and the hosts of the inventory.', 'OPEN', 7, '60 days'),
  ('missing-sri', 'browser.sentry-cdn.com/bundle.min.js', 'sentry', 'MEDIUM', 'browser.sentry-cdn.com/bundle.min.js is loaded without an integrity attribute', '["<script src=\"https://browser.sentry-cdn.com/8.2.0/bundle.min.js\">"]', 'Add integrity="sha384-..." and crossorigin="anonymous".', 'OPEN', 7, '44 days'),
  ('vulnerable-library', 'jquery@3.4.1', null, 'MEDIUM', 'jQuery 3.4.1 has known vulnerabilities', '["CVE-2020-11022","CVE-2020-11023"]', 'Update to 3.5.0 or newer.', 'OPEN', 7, '70 days'),
  ('cookie-flags', 'sid@nordwind-shop.example', null, 'LOW', 'The cookie sid is set without Secure', '["Set-Cookie: sid=...; path=/; HttpOnly"]', 'Add Secure and SameSite=Lax.', 'OPEN', 7, '60 days'),
  ('failing-host', 'px.ads.linkedin.com', 'linkedin-insight', 'LOW', 'px.ads.linkedin.com did not answer', '["Connection refused"]', 'Remove the tag if it is not needed any more.', 'RESOLVED', 0, '25 days')
) AS v (check_id, subject, tag_key, severity, summary, evidence, remedy, state, pages, age)
LEFT JOIN tag t ON t.site_id = s.id AND t.key = v.tag_key
WHERE s.name = 'Nordwind Shop' OR (s.name = 'Harbour Bank' AND v.tag_key = 'hotjar') OR (s.name = 'Nordwind Magazine' AND v.check_id IN ('missing-header', 'cookie-flags'));
INSERT INTO finding_change (finding_id, change, at, visit_id) SELECT id, 'OPENED', opened_at, first_visit FROM finding;
INSERT INTO finding_change (finding_id, change, at, visit_id) SELECT id, 'RESOLVED', resolved_at, null FROM finding WHERE state = 'RESOLVED';

INSERT INTO alert (site_id, channel, recipient, message_id, state, tries, not_before, sent_at, last_problem, created_at)
SELECT f.site_id, 'email', e.recipient, 'finding-' || fc.id || '@tagwarden',
       CASE WHEN f.severity = 'CRITICAL' AND e.n = 2 THEN 'WAITING' WHEN e.n = 2 THEN 'FAILED' ELSE 'SENT' END, CASE WHEN e.n = 2 THEN 3 ELSE 1 END, fc.at,
       CASE WHEN e.n = 1 THEN fc.at + interval '40 seconds' END,
       CASE WHEN e.n = 2 THEN 'The mail server answered 451 4.7.1: try again later' END, fc.at
FROM finding_change fc JOIN finding f ON f.id = fc.finding_id JOIN site s ON s.id = f.site_id CROSS JOIN LATERAL unnest(s.alert_emails) WITH ORDINALITY AS e (recipient, n)
WHERE fc.change = 'OPENED' AND f.check_id = 'unapproved-script';
INSERT INTO alert_item (alert_id, change_id) SELECT a.id, fc.id FROM alert a JOIN finding_change fc ON a.message_id = 'finding-' || fc.id || '@tagwarden';

INSERT INTO lighthouse_run (id, site_id, scan_id, page_id, started_at, version, score, lcp_ms, fcp_ms, tbt_ms, cls, ttfb_ms, speed_index_ms, bytes, third_party_ms, entities)
SELECT md5(s.id || 'lh' || n)::uuid, s.id, md5(s.id || 'scan' || n)::uuid, (SELECT min(id) FROM page WHERE site_id = s.id), now() - n * interval '1 day' - interval '2 hours', '12.8.2',
       78 - (30 - n) % 7, 2300 + (30 - n) * 22 + n * 37 % 140, 1100 + n * 31 % 120, 240 + (30 - n) * 6 + n * 53 % 70, 0.06 + n % 5 * 0.012, 190 + n * 17 % 60, 2600, 2150000 + (30 - n) * 14000, 420 + (30 - n) * 11,
       '[{"name":"Google Tag Manager","bytes":208000,"mainThreadMs":182.4,"blockingMs":61.0},{"name":"Intercom","bytes":322000,"mainThreadMs":140.2,"blockingMs":48.1},{"name":"Hotjar","bytes":214000,"mainThreadMs":96.0,"blockingMs":20.5}]'
FROM site s CROSS JOIN generate_series(0, 29) n WHERE s.name IN ('Nordwind Shop', 'Harbour Bank');
DROP TABLE demo_tag;
