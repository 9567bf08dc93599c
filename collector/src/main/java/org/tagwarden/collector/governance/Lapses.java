package org.tagwarden.collector.governance;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;

/**
 * Puts down which sites are to be judged again: those that a changed authorization is about, and
 * those of one whose time has run out.
 */
public final class Lapses {
  /**
   * $1 authorizations, $2 now. A site that carries nothing of what they name is left alone; where
   * that cannot be told in SQL (patterns, single scripts) all of its pages are meant.
   */
  private static final String PUT_DOWN =
      """
      INSERT INTO rejudgement (site_id, tag_ids, since, not_before)
      SELECT s.id,
             CASE WHEN bool_or(a.subject_kind IN ('URL', 'SCRIPT') OR a.subject LIKE '*.%') THEN NULL
                  ELSE array_agg(DISTINCT t.id) FILTER (WHERE t.id IS NOT NULL) END,
             $2, $2
      FROM tag_authorization a
      JOIN site s ON s.client_id = a.client_id AND (a.site_id IS NULL OR a.site_id = s.id) AND s.archived_at IS NULL
      LEFT JOIN tag t ON t.site_id = s.id AND (
        (a.subject_kind = 'PRODUCT' AND t.key = a.subject)
        OR (a.subject_kind = 'VENDOR' AND lower(t.vendor) = lower(a.subject))
        OR (a.subject_kind = 'HOST' AND (t.key = 'host:' || a.subject OR a.subject = ANY (t.hosts))))
      WHERE a.id = ANY($1::int[])
      GROUP BY s.id
      HAVING bool_or(a.subject_kind IN ('URL', 'SCRIPT') OR a.subject LIKE '*.%') OR count(t.id) > 0
      ORDER BY s.id
      ON CONFLICT (site_id) DO UPDATE SET
        tag_ids = CASE WHEN rejudgement.tag_ids IS NULL OR excluded.tag_ids IS NULL THEN NULL
                       ELSE rejudgement.tag_ids || excluded.tag_ids END,
        version = rejudgement.version + 1
      """;

  /** $1 today: terms that have ended and that nobody has followed yet. */
  private static final String ENDED =
      """
      UPDATE tag_authorization SET lapse_followed_on = $1
      WHERE withdrawn_at IS NULL
        AND ((expires_on < $1 AND (lapse_followed_on IS NULL OR lapse_followed_on <= expires_on))
          OR (review_on < $1 AND (lapse_followed_on IS NULL OR lapse_followed_on <= review_on)))
      RETURNING id
      """;

  private final Database database;

  public Lapses(Database database) {
    this.database = database;
  }

  /** Puts down the sites of every authorization whose time has run out since the last call. */
  public Future<Void> note(Instant now) {
    return database.inTransaction(
        tx ->
            tx.preparedQuery(ENDED)
                .execute(tuple(SqlValues.day(now)))
                .compose(
                    rows -> {
                      List<Integer> ids = new ArrayList<>();
                      for (Row row : rows) ids.add(row.getInteger("id"));
                      return putDown(tx, ids, now);
                    }));
  }

  /** Joins the transaction that changed these authorizations. */
  static Future<Void> putDown(SqlConnection tx, List<Integer> authorizationIds, Instant now) {
    if (authorizationIds.isEmpty()) return Future.succeededFuture();
    return tx.preparedQuery(PUT_DOWN)
        .execute(tuple(authorizationIds.toArray(Integer[]::new), SqlTime.of(now)))
        .mapEmpty();
  }
}
