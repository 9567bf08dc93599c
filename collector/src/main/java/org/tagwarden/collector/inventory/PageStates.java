package org.tagwarden.collector.inventory;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlTime;

/**
 * What pages carry now, in each of the ways in which they are seen. Joins the caller's transaction,
 * which holds the site's lock.
 */
final class PageStates {
  /** After so many visits in a row a banner that was answered before counts as gone. */
  private static final int CHOICES_MISSED = 3;

  private static final Integer[] NONE = {};

  private PageStates() {}

  /**
   * What became of a page's state.
   *
   * @param newest whether no later visit saw the page in this way before
   * @param whole whether what the visit lacks is gone
   */
  record Put(int stateId, boolean newest, boolean whole) {}

  private record State(int id, Row row) {
    Set<Integer> ids(String column) {
      return new TreeSet<>(Arrays.asList(row.getArrayOfIntegers(column)));
    }
  }

  static Future<Put> put(SqlConnection tx, Sighting sighting, Map<String, Integer> tagIds) {
    SeenAs as = sighting.as();
    return tx.preparedQuery(SightingQueries.STATES)
        .execute(Tuple.of(sighting.pageId(), as.consent().name(), as.journey(), as.journeyPage()))
        .compose(
            rows -> {
              List<State> others = new ArrayList<>();
              @Nullable State before = null;
              for (Row row : rows) {
                State state = new State(row.getInteger("id"), row);
                if (row.getBoolean("same")) before = state;
                else others.add(state);
              }
              if (before != null
                  && SqlTime.instant(before.row(), "seen_at").isAfter(sighting.at())) {
                return Future.succeededFuture(new Put(before.id(), false, false));
              }
              return put(tx, sighting, tagIds, before, others);
            });
  }

  private static Future<Put> put(
      SqlConnection tx,
      Sighting sighting,
      Map<String, Integer> tagIds,
      @Nullable State before,
      List<State> others) {
    SeenAs as = sighting.as();
    // The same page without its choice is another page: what it lacks may well be there.
    int missed = before == null ? 0 : missed(before, as);
    boolean whole = sighting.whole() && missed == 0;
    Set<Integer> tags = new TreeSet<>(tagIds.values());
    Set<Integer> early =
        as.earlyTags().stream().map(tagIds::get).collect(Collectors.toCollection(TreeSet::new));
    Set<Integer> resources = new TreeSet<>(sighting.resourceIds());
    Set<Integer> scripts = new TreeSet<>();
    for (Sighting.ScriptSighting script : sighting.scripts()) scripts.add(script.scriptId());
    Set<Integer> tagsBefore = before == null ? Set.of() : before.ids("tag_ids");
    if (!whole && before != null) {
      tags.addAll(tagsBefore);
      resources.addAll(before.ids("resource_ids"));
      scripts.addAll(before.ids("script_ids"));
      early = missed > 0 ? before.ids("early_tag_ids") : early;
    }
    Integer[] gained = without(without(tags, tagsBefore), others);
    Integer[] lost = without(without(tagsBefore, tags), others);
    return tx.preparedQuery(SightingQueries.PUT_STATE)
        .execute(
            tuple(
                sighting.pageId(),
                sighting.siteId(),
                as.consent().name(),
                as.journey(),
                (short) as.journeyPage(),
                sighting.visitId(),
                SqlTime.of(sighting.at()),
                resources.toArray(NONE),
                tags.toArray(NONE),
                scripts.toArray(NONE),
                early.toArray(NONE),
                as.choiceMade() || missed > 0,
                (short) missed,
                as.payment()))
        .map(rows -> rows.iterator().next().getInteger("id"))
        .compose(id -> countPages(tx, gained, lost).map(new Put(id, true, whole)));
  }

  /** How many visits in a row did without the choice that was made before; 0 when none. */
  private static int missed(State before, SeenAs as) {
    if (!as.wantsChoice() || as.choiceMade() || !before.row().getBoolean("choice_made")) return 0;
    int missed = before.row().getShort("choice_missed") + 1;
    return missed >= CHOICES_MISSED ? 0 : missed;
  }

  private static Future<Void> countPages(SqlConnection tx, Integer[] gained, Integer[] lost) {
    if (gained.length == 0 && lost.length == 0) return Future.succeededFuture();
    return tx.preparedQuery(SightingQueries.COUNT_PAGES).execute(tuple(gained, lost)).mapEmpty();
  }

  private static Set<Integer> without(Set<Integer> ids, Set<Integer> others) {
    Set<Integer> rest = new TreeSet<>(ids);
    rest.removeAll(others);
    return rest;
  }

  /** Those that the page does not carry in any other way either. */
  private static Integer[] without(Set<Integer> ids, List<State> others) {
    Set<Integer> rest = new TreeSet<>(ids);
    for (State other : others) rest.removeAll(other.ids("tag_ids"));
    return rest.toArray(NONE);
  }
}
