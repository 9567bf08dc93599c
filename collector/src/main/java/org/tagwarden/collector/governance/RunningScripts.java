package org.tagwarden.collector.governance;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Occurrence;

/** The scripts of tags that run on sites now, each address once with its newest version. */
final class RunningScripts {
  /** $1 sites; $2 hosts by which known tags are divided, or null when any tag may be. */
  private static final String RUNNING =
      """
      SELECT t.site_id, t.key, t.vendor, r.url, encode(v.sha256, 'hex') AS sha256
      FROM tag t
      JOIN site_script c ON c.tag_id = t.id AND c.last_seen >= t.last_seen - interval '1 day'
      JOIN script_version v ON v.id = c.script_id
      JOIN resource r ON r.id = c.resource_id
      WHERE t.site_id = ANY ($1::int[]) AND t.pages > 0
        AND ($2::text[] IS NULL
          OR (t.key NOT LIKE 'host:%' AND EXISTS (SELECT FROM unnest(t.hosts) h WHERE h = ANY ($2))))
      ORDER BY c.last_seen, c.script_id
      """;

  private RunningScripts() {}

  /** By site and tag, of the tags of which parts were decided about. */
  static Future<Map<Integer, Map<String, Collection<Occurrence>>>> of(
      SqlClient client, Map<Integer, Authorizations> bySite) {
    List<Integer> sites = new ArrayList<>();
    Set<String> hosts = new TreeSet<>();
    boolean any = false;
    for (Map.Entry<Integer, Authorizations> site : bySite.entrySet()) {
      boolean divided = site.getValue().divideTags();
      if (!divided && site.getValue().hosts().isEmpty()) continue;
      sites.add(site.getKey());
      hosts.addAll(site.getValue().hosts());
      any |= divided;
    }
    if (sites.isEmpty()) return Future.succeededFuture(Map.of());
    return client
        .preparedQuery(RUNNING)
        .execute(tuple(sites.toArray(Integer[]::new), any ? null : hosts.toArray(String[]::new)))
        .map(
            rows -> {
              Map<Integer, Map<String, Map<String, Occurrence>>> newest = new HashMap<>();
              for (Row row : rows) {
                String key = row.getString("key");
                String url = row.getString("url");
                newest
                    .computeIfAbsent(row.getInteger("site_id"), id -> new HashMap<>())
                    .computeIfAbsent(key, k -> new LinkedHashMap<>())
                    .put(
                        url,
                        new Occurrence(row.getString("vendor"), key, url, row.getString("sha256")));
              }
              Map<Integer, Map<String, Collection<Occurrence>>> running = new HashMap<>();
              newest.forEach(
                  (site, tags) -> {
                    Map<String, Collection<Occurrence>> byTag = new HashMap<>();
                    tags.forEach((key, scripts) -> byTag.put(key, scripts.values()));
                    running.put(site, byTag);
                  });
              return running;
            });
  }
}
