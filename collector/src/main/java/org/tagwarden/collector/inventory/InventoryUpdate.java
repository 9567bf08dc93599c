package org.tagwarden.collector.inventory;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.inventory.Sighting.Load;
import org.tagwarden.collector.inventory.Sighting.ScriptSighting;
import org.tagwarden.collector.vendors.Tag;

/**
 * Brings the inventory up to a visit: tags, what the page carries now, scripts, the day's figures.
 * Joins the caller's transaction, which holds the site's lock.
 */
public final class InventoryUpdate {
  /**
   * @param tagIds ids of the visit's tags by key
   * @param stateId the state of the page that the visit belongs to
   * @param newest whether no later visit saw the page in this way before
   * @param whole whether what the visit lacks is gone
   */
  public record Outcome(Map<String, Integer> tagIds, int stateId, boolean newest, boolean whole) {}

  /**
   * A report that arrives late counts in its day, but does not change what the page carries now.
   */
  public Future<Outcome> apply(SqlConnection tx, Sighting sighting) {
    return tags(tx, sighting)
        .compose(
            tagIds ->
                PageStates.put(tx, sighting, tagIds)
                    .compose(
                        state ->
                            scripts(tx, sighting, tagIds)
                                .compose(done -> tagDay(tx, sighting, tagIds))
                                .compose(done -> siteDay(tx, sighting))
                                .map(
                                    done ->
                                        new Outcome(
                                            tagIds,
                                            state.stateId(),
                                            state.newest(),
                                            state.whole()))));
  }

  private static Future<Map<String, Integer>> tags(SqlConnection tx, Sighting sighting) {
    List<Tag> tags = sighting.tags();
    if (tags.isEmpty()) return Future.succeededFuture(Map.of());
    return tx.preparedQuery(SightingQueries.TAGS)
        .execute(
            tuple(
                sighting.siteId(),
                SqlTime.of(sighting.at()),
                texts(tags, Tag::key),
                texts(tags, Tag::vendor),
                texts(tags, Tag::product),
                texts(tags, tag -> tag.category().name()),
                tags.stream().map(Tag::known).toArray(Boolean[]::new),
                texts(tags, tag -> String.join("\n", tag.accountIds())),
                texts(tags, tag -> String.join("\n", tag.hosts())),
                texts(tags, tag -> tag.loadMethod().name()),
                texts(tags, Tag::loaderKey),
                texts(tags, Tag::loaderUrl),
                texts(tags, tag -> tag.container() == null ? null : tag.container().id()),
                texts(tags, tag -> new JsonObject(new HashMap<>(tag.versions())).encode())))
        .map(
            rows -> {
              Map<String, Integer> ids = new HashMap<>();
              for (Row row : rows) ids.put(row.getString("key"), row.getInteger("id"));
              return ids;
            });
  }

  private static Future<Void> scripts(
      SqlConnection tx, Sighting sighting, Map<String, Integer> tagIds) {
    List<ScriptSighting> scripts = sighting.scripts();
    if (scripts.isEmpty()) return Future.succeededFuture();
    return tx.preparedQuery(SightingQueries.SCRIPTS)
        .execute(
            tuple(
                sighting.siteId(),
                SqlTime.of(sighting.at()),
                scripts.stream().map(ScriptSighting::scriptId).toArray(Integer[]::new),
                scripts.stream().map(ScriptSighting::resourceId).toArray(Integer[]::new),
                scripts.stream()
                    .map(script -> script.tagKey() == null ? null : tagIds.get(script.tagKey()))
                    .toArray(Integer[]::new),
                texts(scripts, ScriptSighting::kind)))
        .mapEmpty();
  }

  private static Future<Void> tagDay(
      SqlConnection tx, Sighting sighting, Map<String, Integer> tagIds) {
    if (tagIds.isEmpty()) return Future.succeededFuture();
    List<String> keys = List.copyOf(tagIds.keySet());
    List<Load> loads =
        keys.stream().map(key -> sighting.loads().getOrDefault(key, Load.NONE)).toList();
    return tx.preparedQuery(SightingQueries.TAG_DAY)
        .execute(
            tuple(
                sighting.siteId(),
                SqlValues.day(sighting.at()),
                keys.stream().map(tagIds::get).toArray(Integer[]::new),
                loads.stream().map(Load::requests).toArray(Integer[]::new),
                loads.stream().map(Load::bytes).toArray(Long[]::new),
                loads.stream().map(Load::milliseconds).toArray(Long[]::new)))
        .mapEmpty();
  }

  private static Future<Void> siteDay(SqlConnection tx, Sighting sighting) {
    return tx.preparedQuery(SightingQueries.SITE_DAY)
        .execute(
            tuple(
                sighting.siteId(),
                SqlValues.day(sighting.at()),
                (long) sighting.total().requests(),
                (long) sighting.thirdParty().requests(),
                sighting.total().bytes(),
                sighting.thirdParty().bytes()))
        .mapEmpty();
  }

  private static <T> @Nullable String[] texts(List<T> list, Function<T, @Nullable String> text) {
    return list.stream().map(text).toArray(String[]::new);
  }
}
