-- :site is a shop that is known since 2025-12-20. Weekly runs on Mondays at 05:00 in the first quarter of 2026, with a
-- failure, a late one, one by hand, a confirmation, and three weeks of silence.
INSERT INTO scan_schedule (site_id, kind, cron, time_zone, next_run_at, last_run_at)
VALUES (:site, 'VISITS', '0 6 * * 1', 'Europe/Berlin', '2026-04-06 04:00Z', '2026-03-30 04:00Z');

INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, started_at, finished_at, state, visits, failed_visits, problem)
SELECT ('00000000-0000-4000-8000-' || to_char(day, 'YYYYMMDD') || '0000')::uuid, :site, 'VISITS', 'SCHEDULE', day, day,
       day + interval '10 seconds', day + interval '2 minutes', 'DONE', 2, 0, NULL
FROM generate_series('2025-12-22 05:00Z'::timestamptz, '2026-03-30 05:00Z', '7 days') AS day
WHERE day < '2026-02-16' OR day > '2026-03-12';
-- did not run
UPDATE scan SET state = 'PARKED', visits = 0, started_at = NULL, problem = 'Left out: no scanner had yet taken the scan before it.'
WHERE site_id = :site AND due_at = '2026-01-12 05:00Z';
-- ran, and saw nothing
UPDATE scan SET failed_visits = 2 WHERE site_id = :site AND due_at = '2026-01-26 05:00Z';
-- the server was down when it was due
UPDATE scan SET cause = 'CATCH_UP', started_at = due_at + interval '3 hours', finished_at = due_at + interval '3 hours 2 minutes'
WHERE site_id = :site AND due_at = '2026-03-16 05:00Z';
-- one failed visit, but not all
UPDATE scan SET failed_visits = 1 WHERE site_id = :site AND due_at = '2026-03-23 05:00Z';
INSERT INTO scan (id, site_id, kind, cause, due_at, created_at, started_at, finished_at, state, visits)
VALUES ('00000000-0000-4000-8000-aaaaaaaaaaaa', :site, 'VISITS', 'CONFIRM', '2026-02-20 05:00Z', '2026-02-20 05:00Z', '2026-02-20 05:00Z', '2026-02-20 05:01Z', 'DONE', 1),
       ('00000000-0000-4000-8000-bbbbbbbbbbbb', :site, 'VISITS', 'NOW', '2026-01-15 12:00Z', '2026-01-15 12:00Z', '2026-01-15 12:00Z', '2026-01-15 12:02Z', 'DONE', 2);
INSERT INTO scan_job (id, scan_id, site_id, kind, state, not_before, tries, leased_by, last_problem, created_at)
VALUES (gen_random_uuid(), '00000000-0000-4000-8000-202601260000', :site, 'VISITS', 'DONE', '2026-01-26 05:00Z', 2, 'scanner-1', 'The site did not answer.', '2026-01-26 05:00Z');

INSERT INTO page (site_id, url, first_seen, last_seen)
VALUES (:site, 'https://shop.example/', '2025-12-22', '2026-03-30'), (:site, 'https://shop.example/checkout', '2025-12-22', '2026-03-30');
INSERT INTO tag (site_id, key, vendor, product, category, known, load_method, first_seen, last_seen)
VALUES (:site, 'payments', 'Paywell', 'Paywell Checkout', 'PAYMENT', true, 'HARD_CODED', '2025-12-22', '2026-03-30'),
       (:site, 'chat', 'Chatty', '=Chatty "Widget"', 'CHAT', true, 'CONTAINER', '2026-02-02', '2026-03-30'),
       (:site, 'old', 'Oldco', 'Gone before', 'ANALYTICS', true, 'HARD_CODED', '2025-12-20', '2025-12-28');
INSERT INTO host (name) VALUES ('js.paywell.example'), ('cdn.chatty.example');
INSERT INTO resource (url, url_md5, host_id, type)
SELECT url, md5(url)::uuid, h.id, type
FROM (VALUES ('https://js.paywell.example/v3.js', 'js.paywell.example', 'SCRIPT'),
             ('https://cdn.chatty.example/widget.js', 'cdn.chatty.example', 'SCRIPT'),
             ('https://cdn.chatty.example/pixel.gif', 'cdn.chatty.example', 'IMAGE')) AS r (url, host, type)
JOIN host h ON h.name = r.host;
INSERT INTO script_version (sha256, length, first_seen)
SELECT sha256(text::bytea), length(text), '2026-01-05' FROM unnest(ARRAY['paywell 1', 'paywell 2', 'chatty', 'inline']) AS text;
INSERT INTO site_script (site_id, script_id, resource_id, tag_id, kind, first_seen, last_seen)
SELECT :site, v.id, r.id, t.id, s.kind, s.first::timestamptz, s.last::timestamptz
FROM (VALUES ('paywell 1', 'https://js.paywell.example/v3.js', 'payments', 'EXTERNAL', '2025-12-22', '2026-01-19'),
             ('paywell 2', 'https://js.paywell.example/v3.js', 'payments', 'EXTERNAL', '2026-01-26', '2026-03-30'),
             ('chatty', 'https://cdn.chatty.example/widget.js', 'chat', 'EXTERNAL', '2026-02-02', '2026-03-30'),
             ('inline', NULL, NULL, 'INLINE', '2025-12-22', '2026-03-30')) AS s (text, url, tag, kind, first, last)
JOIN script_version v ON v.sha256 = sha256(s.text::bytea)
LEFT JOIN resource r ON r.url = s.url LEFT JOIN tag t ON t.site_id = :site AND t.key = s.tag;

INSERT INTO page_visit (site_id, id, scan_id, page_id, started_at, outcome, consent, device, duration_ms, resource_ids, statuses,
  wire_bytes, start_ms, total_ms, tag_ids, requests, third_party_requests, bytes, third_party_bytes, problems, scanner, journey,
  journey_page, payment)
SELECT :site, gen_random_uuid(), c.id, p.id, c.started_at + interval '5 seconds',
       CASE WHEN c.failed_visits = 2 THEN 'FAILED' ELSE 'COMPLETE' END, 'NONE', 'desktop', 4000,
       CASE WHEN c.failed_visits = 2 THEN '{}' ELSE ARRAY(SELECT id FROM resource WHERE url ~ 'paywell|chatty' ORDER BY id) END,
       '{200,200,200}', '{1,1,1}', '{0,0,0}', '{1,1,1}',
       CASE WHEN c.failed_visits = 2 THEN '{}'
            ELSE ARRAY(SELECT t.id FROM resource r JOIN tag t ON t.site_id = :site
                         AND t.key = CASE WHEN r.url ~ 'paywell' THEN 'payments' ELSE 'chat' END
                       WHERE r.url ~ 'paywell|chatty' ORDER BY r.id) END,
       3, 3, 3, 3, '[]', 'scanner-1', CASE WHEN p.url LIKE '%checkout' THEN 'Buy' ELSE '' END, 1, p.url LIKE '%checkout'
FROM scan c JOIN page p ON p.site_id = c.site_id
WHERE c.site_id = :site AND c.state = 'DONE' AND c.cause <> 'CONFIRM';
INSERT INTO page_state (page_id, site_id, visit_id, seen_at, resource_ids, tag_ids, script_ids, payment, journey, journey_page)
SELECT p.id, :site, gen_random_uuid(), '2026-03-30', '{}', '{}', ARRAY(SELECT script_id FROM site_script WHERE site_id = :site), true, 'Buy', 1
FROM page p WHERE p.site_id = :site AND p.url LIKE '%checkout';

INSERT INTO watched (site_id, key, kind, subject, value, page_id, family, state, first_seen, last_seen, first_visit)
SELECT :site, gen_random_uuid(), 'HEADER', h.name, h.value, p.id, 'page', 'BASELINE', '2025-12-22', '2026-03-30', gen_random_uuid()
FROM page p, (VALUES ('Content-Security-Policy', 'script-src ''self'''), ('X-Frame-Options', '')) AS h (name, value)
WHERE p.site_id = :site;

INSERT INTO finding (site_id, check_id, subject, tag_id, severity, summary, evidence, remedy, state, pages, first_visit, opened_at, last_seen_at, resolved_at)
SELECT :site, f.check_id, f.subject, t.id, f.severity, f.summary, '["It was seen."]', 'Decide.', f.state, ARRAY(SELECT id FROM page WHERE site_id = :site),
       gen_random_uuid(), f.opened::timestamptz, '2026-03-30', f.resolved::timestamptz
FROM (VALUES ('script-text', 'https://js.paywell.example/v3.js', 'payments', 'CRITICAL', 'Paywell Checkout is another one', 'RESOLVED', '2026-01-26 05:01Z', '2026-01-27 09:00Z'),
             ('new-tag', 'chat', 'chat', 'HIGH', 'Chatty came to the site', 'OPEN', '2026-02-02 05:01Z', NULL),
             ('new-host', 'old.example', NULL, 'LOW', 'Over before the period', 'RESOLVED', '2025-12-22', '2025-12-23'))
  AS f (check_id, subject, tag, severity, summary, state, opened, resolved)
LEFT JOIN tag t ON t.site_id = :site AND t.key = f.tag;
INSERT INTO finding_change (finding_id, change, at)
SELECT id, 'OPENED', opened_at FROM finding WHERE site_id = :site
UNION ALL SELECT id, 'RESOLVED', resolved_at FROM finding WHERE site_id = :site AND state = 'RESOLVED';
INSERT INTO accepted_change (site_id, finding_id, justification, accepted_by_name, accepted_at)
SELECT :site, id, 'The vendor announced version 3.', 'Tom Brandt', '2026-01-27 09:00Z' FROM finding WHERE site_id = :site AND check_id = 'script-text';
INSERT INTO finding_acknowledgement (finding_id, by_name, at)
SELECT id, 'Mia Castellanos', '2026-02-02 08:00Z' FROM finding WHERE site_id = :site AND check_id = 'new-tag';
INSERT INTO site_change (site_id, at, visit_id, page_id, kind, subject, tag_key, what, before, after, note, check_id, finding_subject)
SELECT :site, c.at::timestamptz, gen_random_uuid(), p.id, c.kind, c.subject, c.tag, c.what, c.before, c.after, c.note, c.check_id, c.finding
FROM page p, (VALUES
  ('2026-01-26 05:01Z', 'SCRIPT', 'https://js.paywell.example/v3.js', 'payments', 'CHANGED', 'SHA-256 1', 'SHA-256 2', '', 'script-text', 'https://js.paywell.example/v3.js'),
  ('2026-02-02 05:01Z', 'TAG', 'chat', 'chat', 'NEW', NULL, NULL, '', 'new-tag', 'chat'),
  ('2026-02-09 05:01Z', 'COOKIE', 'ab@shop.example', NULL, 'NEW', NULL, NULL, 'Its domain often gets new ones.', NULL, NULL),
  ('2025-12-29 05:01Z', 'HOST', 'before.example', NULL, 'NEW', NULL, NULL, '', NULL, NULL))
  AS c (at, kind, subject, tag, what, before, after, note, check_id, finding)
WHERE p.site_id = :site AND p.url LIKE '%checkout';
INSERT INTO alert (site_id, channel, recipient, message_id, state, tries, not_before, sent_at, last_problem, created_at)
VALUES (:site, 'email', 'it@shop.example', 'alert-1@tagwarden', 'SENT', 1, '2026-01-26', '2026-01-26 05:02Z', NULL, '2026-01-26 05:01Z'),
       (:site, 'email', 'it@shop.example', 'alert-2@tagwarden', 'FAILED', 5, '2026-02-02', NULL, 'The mail server refused it.', '2026-02-02 05:01Z');
INSERT INTO alert_item (alert_id, change_id)
SELECT a.id, c.id FROM alert a JOIN finding_change c ON c.at = a.created_at JOIN finding f ON f.id = c.finding_id
WHERE a.site_id = :site AND f.site_id = :site AND c.change = 'OPENED';
INSERT INTO ownership (site_id, duty, rank, name, email, review_on, set_at)
VALUES (:site, 'IT', 'OWNER', 'Tom Brandt', 'tom@shop.example', '2026-12-31', '2026-01-02');
