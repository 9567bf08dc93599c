package org.tagwarden.collector.inventory;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
  private static final Integer[] NONE = {};

  /**
   * @param tagIds ids of the visit's tags by key
   * @param newest whether no later visit of the page was here before
   */
  public record Outcome(Map<String, Integer> tagIds, boolean newest) {}

  /**
   * A report that arrives late counts in its day, but does not change what the page carries now.
   */
  public Future<Outcome> apply(SqlConnection tx, Sighting sighting) {
    return tags(tx, sighting)
        .compose(
            tagIds ->
                pageState(tx, sighting, tagIds)
                    .compose(
                        newest ->
                            scripts(tx, sighting, tagIds)
                                .compose(done -> tagDay(tx, sighting, tagIds))
                                .compose(done -> siteDay(tx, sighting))
                                .map(done -> new Outcome(tagIds, newest))));
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
                texts(tags, Tag::loaderUrl)))
        .map(
            rows -> {
              Map<String, Integer> ids = new HashMap<>();
              for (Row row : rows) ids.put(row.getString("key"), row.getInteger("id"));
              return ids;
            });
  }

  private static Future<Boolean> pageState(
      SqlConnection tx, Sighting sighting, Map<String, Integer> tagIds) {
    return tx.preparedQuery(SightingQueries.STATE)
        .execute(Tuple.of(sighting.pageId()))
        .compose(
            rows -> {
              Row before = rows.size() == 0 ? null : rows.iterator().next();
              if (before != null
                  && before.getOffsetDateTime("seen_at").toInstant().isAfter(sighting.at())) {
                return Future.succeededFuture(false);
              }
              return putState(tx, sighting, tagIds.values(), before).map(true);
            });
  }

  private static Future<Void> putState(
      SqlConnection tx, Sighting sighting, Collection<Integer> tagIds, @Nullable Row before) {
    Set<Integer> tagsBefore = ids(before, "tag_ids");
    Set<Integer> tags = new TreeSet<>(tagIds);
    Set<Integer> resources = new TreeSet<>(sighting.resourceIds());
    Set<Integer> scripts = new TreeSet<>();
    for (ScriptSighting script : sighting.scripts()) scripts.add(script.scriptId());
    if (!sighting.whole()) {
      tags.addAll(tagsBefore);
      resources.addAll(ids(before, "resource_ids"));
      scripts.addAll(ids(before, "script_ids"));
    }
    return tx.preparedQuery(SightingQueries.PUT_STATE)
        .execute(
            tuple(
                sighting.pageId(),
                sighting.siteId(),
                sighting.visitId(),
                SqlTime.of(sighting.at()),
                resources.toArray(NONE),
                tags.toArray(NONE),
                scripts.toArray(NONE)))
        .compose(done -> countPages(tx, without(tags, tagsBefore), without(tagsBefore, tags)));
  }

  private static Future<Void> countPages(SqlConnection tx, Integer[] gained, Integer[] lost) {
    if (gained.length == 0 && lost.length == 0) return Future.succeededFuture();
    return tx.preparedQuery(SightingQueries.COUNT_PAGES).execute(tuple(gained, lost)).mapEmpty();
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

  private static Set<Integer> ids(@Nullable Row row, String column) {
    return row == null ? Set.of() : new TreeSet<>(Arrays.asList(row.getArrayOfIntegers(column)));
  }

  private static Integer[] without(Set<Integer> ids, Set<Integer> others) {
    return ids.stream().filter(id -> !others.contains(id)).toArray(Integer[]::new);
  }

  private static <T> @Nullable String[] texts(List<T> list, Function<T, @Nullable String> text) {
    return list.stream().map(text).toArray(String[]::new);
  }
}
