package org.tagwarden.collector.inventory;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Forgets states of pages that are watched no more: a consent state that is no longer played, a
 * journey that was taken away or now leads elsewhere. Joins the caller's transaction, which holds
 * the site's lock.
 */
public final class StateRetirement {
  private static final String FORGET =
      "DELETE FROM page_state WHERE site_id = $1 AND id = ANY($2::int[]) RETURNING tag_ids";

  private static final String COUNT_AGAIN =
      """
      UPDATE tag SET pages = (SELECT count(DISTINCT s.page_id) FROM page_state s
                              WHERE s.site_id = $1 AND s.tag_ids @> ARRAY[tag.id])
      WHERE id = ANY($2::int[])
      """;

  private StateRetirement() {}

  /** Deletes the states and counts the pages of their tags again. */
  public static Future<Void> forget(SqlConnection tx, int siteId, Integer[] stateIds) {
    return tx.preparedQuery(FORGET)
        .execute(tuple(siteId, stateIds))
        .compose(
            rows -> {
              Set<Integer> tags = new TreeSet<>();
              for (Row row : rows) tags.addAll(Arrays.asList(row.getArrayOfIntegers("tag_ids")));
              return tx.preparedQuery(COUNT_AGAIN)
                  .execute(tuple(siteId, tags.toArray(Integer[]::new)))
                  .mapEmpty();
            });
  }
}
