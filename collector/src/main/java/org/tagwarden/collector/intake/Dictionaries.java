package org.tagwarden.collector.intake;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;

/**
 * Numbers for hosts, resources and script versions, through a bounded memory. A number is
 * remembered only once its transaction has committed ({@link Learned#remember}). All transactions
 * ask in the order hosts, resources, scripts and insert in the order of the keys, so that two of
 * them never wait for each other in a circle.
 */
final class Dictionaries {
  private static final int HOSTS = 20_000;
  private static final int RESOURCES = 100_000;
  private static final int SCRIPTS = 50_000;

  private final RecentlyUsed<String, Integer> hosts = new RecentlyUsed<>(HOSTS);
  private final RecentlyUsed<String, Integer> resources = new RecentlyUsed<>(RESOURCES);
  private final RecentlyUsed<String, Integer> scripts = new RecentlyUsed<>(SCRIPTS);

  /** What one transaction found out. */
  final class Learned {
    private final Map<String, Integer> hostIds = new HashMap<>();
    private final Map<String, Integer> resourceIds = new HashMap<>();
    private final Map<String, Integer> scriptIds = new HashMap<>();

    int resource(String url) {
      return id(resourceIds, url);
    }

    int script(String sha256) {
      return id(scriptIds, sha256);
    }

    /** To be called after the commit. */
    void remember() {
      hosts.putAll(hostIds);
      resources.putAll(resourceIds);
      scripts.putAll(scriptIds);
    }

    private static int id(Map<String, Integer> ids, String key) {
      Integer id = ids.get(key);
      if (id == null) throw new IllegalStateException("The dictionary gave no number to " + key);
      return id;
    }
  }

  /** Numbers for everything that the visit names. */
  Future<Learned> learn(SqlConnection tx, PreparedVisit visit, Instant now) {
    Learned learned = new Learned();
    return hosts(tx, visit, learned)
        .compose(done -> resources(tx, visit, learned))
        .compose(done -> scripts(tx, visit, learned, now))
        .map(learned);
  }

  private Future<Void> hosts(SqlConnection tx, PreparedVisit visit, Learned learned) {
    List<String> missing = new ArrayList<>();
    for (PreparedVisit.Request request : visit.requests()) {
      Integer known = resources.get(request.url());
      if (known != null) {
        learned.resourceIds.put(request.url(), known);
        continue; // its host would be needed only to insert it
      }
      Integer id = hosts.get(request.host());
      if (id != null) learned.hostIds.put(request.host(), id);
      else if (!missing.contains(request.host())) missing.add(request.host());
    }
    return fill(
        learned.hostIds,
        missing,
        keys -> read(tx, IntakeQueries.HOSTS, Tuple.of(array(keys)), Dictionaries::name),
        keys -> read(tx, IntakeQueries.ADD_HOSTS, Tuple.of(array(keys)), Dictionaries::name));
  }

  private Future<Void> resources(SqlConnection tx, PreparedVisit visit, Learned learned) {
    Map<String, PreparedVisit.Request> byUrl = new HashMap<>();
    Map<UUID, String> byMd5 = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (PreparedVisit.Request request : visit.requests()) {
      if (learned.resourceIds.containsKey(request.url())) continue;
      if (byUrl.putIfAbsent(request.url(), request) == null) {
        missing.add(request.url());
        byMd5.put(md5(request.url()), request.url());
      }
    }
    Keying keying = row -> byMd5.get(row.getUUID("url_md5"));
    return fill(
        learned.resourceIds,
        missing,
        keys ->
            read(
                tx,
                IntakeQueries.RESOURCES,
                tuple((Object) keys.stream().map(Dictionaries::md5).toArray(UUID[]::new)),
                keying),
        keys ->
            read(
                tx,
                IntakeQueries.ADD_RESOURCES,
                tuple(
                    array(keys),
                    keys.stream().map(Dictionaries::md5).toArray(UUID[]::new),
                    keys.stream()
                        .map(url -> learned.hostIds.get(request(byUrl, url).host()))
                        .toArray(Integer[]::new),
                    keys.stream()
                        .map(url -> request(byUrl, url).captured().type().name())
                        .toArray(String[]::new)),
                keying));
  }

  private Future<Void> scripts(
      SqlConnection tx, PreparedVisit visit, Learned learned, Instant now) {
    Map<String, PreparedVisit.Script> byHash = new HashMap<>();
    List<String> missing = new ArrayList<>();
    List<String> withBody = new ArrayList<>();
    for (PreparedVisit.Script script : visit.scripts()) {
      byHash.put(script.sha256(), script);
      Integer id = scripts.get(script.sha256());
      if (script.body() != null) withBody.add(script.sha256());
      else if (id != null) learned.scriptIds.put(script.sha256(), id);
      else missing.add(script.sha256());
    }
    Keying keying = row -> SqlValues.hex(row.getBuffer("sha256"));
    Step add =
        keys ->
            read(
                tx,
                IntakeQueries.ADD_SCRIPTS,
                tuple(
                    SqlTime.of(now),
                    hashes(keys),
                    keys.stream().map(key -> script(byHash, key).length()).toArray(Long[]::new),
                    keys.stream().map(key -> script(byHash, key).body()).toArray(Buffer[]::new)),
                keying);
    return fill(
            learned.scriptIds,
            missing,
            keys -> read(tx, IntakeQueries.SCRIPTS, tuple((Object) hashes(keys)), keying),
            add)
        .compose(done -> fill(learned.scriptIds, withBody, keys -> nothing(), add));
  }

  /** Names the entry that a row is about; null for none of ours. */
  private interface Keying {
    @Nullable String key(Row row);
  }

  private interface Step {
    Future<Map<String, Integer>> ids(List<String> keys);
  }

  /** Reads what is there, adds what is not, reads what another transaction added in between. */
  private static Future<Void> fill(
      Map<String, Integer> ids, List<String> keys, Step read, Step add) {
    if (keys.isEmpty()) return Future.succeededFuture();
    return step(ids, keys, read)
        .compose(missing -> step(ids, missing, add))
        .compose(missing -> step(ids, missing, read))
        .mapEmpty();
  }

  private static Future<List<String>> step(Map<String, Integer> ids, List<String> keys, Step step) {
    if (keys.isEmpty()) return Future.succeededFuture(keys);
    return step.ids(keys)
        .map(
            found -> {
              ids.putAll(found);
              return keys.stream().filter(key -> !ids.containsKey(key)).toList();
            });
  }

  private static Future<Map<String, Integer>> read(
      SqlConnection tx, String sql, Tuple parameters, Keying keying) {
    return tx.preparedQuery(sql)
        .execute(parameters)
        .map(
            rows -> {
              Map<String, Integer> ids = new HashMap<>();
              for (Row row : rows) {
                String key = keying.key(row);
                if (key != null) ids.put(key, row.getInteger("id"));
              }
              return ids;
            });
  }

  private static Future<Map<String, Integer>> nothing() {
    return Future.succeededFuture(Map.of());
  }

  private static String name(Row row) {
    return row.getString("name");
  }

  private static Object array(Collection<String> keys) {
    return keys.toArray(String[]::new);
  }

  private static Buffer[] hashes(Collection<String> keys) {
    return keys.stream().map(SqlValues::bytes).toArray(Buffer[]::new);
  }

  private static PreparedVisit.Request request(
      Map<String, PreparedVisit.Request> byUrl, String url) {
    PreparedVisit.Request request = byUrl.get(url);
    if (request == null) throw new IllegalStateException("Not asked for: " + url);
    return request;
  }

  private static PreparedVisit.Script script(
      Map<String, PreparedVisit.Script> byHash, String sha256) {
    PreparedVisit.Script script = byHash.get(sha256);
    if (script == null) throw new IllegalStateException("Not asked for: " + sha256);
    return script;
  }

  /** As PostgreSQL computes {@code md5(url)::uuid}; a key, no secret. */
  static UUID md5(String url) {
    try {
      ByteBuffer digest =
          ByteBuffer.wrap(
              MessageDigest.getInstance("MD5").digest(url.getBytes(StandardCharsets.UTF_8)));
      return new UUID(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }
}
