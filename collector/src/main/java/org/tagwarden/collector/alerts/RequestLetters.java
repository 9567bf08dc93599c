package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.governance.RequestNews;

/** Puts the mails about requests down, in the transaction that asks or answers. */
public final class RequestLetters implements RequestNews {
  /**
   * To the client's approvers; where there are none, to its admins, or else to those of all
   * clients. Whoever owns the site for IT and may answer hears of it in any case. $1 request, $2
   * now.
   */
  private static final String ASKED =
      """
      WITH asked AS (
        SELECT r.id, r.site_id, r.asked_by, s.client_id FROM tag_request r JOIN site s ON s.id = r.site_id WHERE r.id = $1),
      decider AS (
        SELECT p.email, (CASE WHEN m.client_id IS NULL THEN 2 ELSE 0 END) + (CASE m.role WHEN 'approver' THEN 0 ELSE 1 END) AS rank
        FROM asked a JOIN membership m ON m.client_id = a.client_id OR m.client_id IS NULL
        JOIN person p ON p.id = m.person_id
        WHERE p.disabled_at IS NULL AND m.role IN ('approver', 'admin') AND p.id IS DISTINCT FROM a.asked_by
          AND NOT EXISTS (SELECT FROM mail_bounce b WHERE b.returned AND b.email = lower(p.email))
          AND NOT EXISTS (SELECT FROM alert_opt_out x WHERE x.site_id = a.site_id AND x.email = lower(p.email))),
      told AS (
        SELECT DISTINCT ON (lower(d.email)) d.email FROM decider d
        WHERE d.rank = (SELECT min(rank) FROM decider)
          OR lower(d.email) IN (SELECT lower(o.email) FROM ownership o JOIN asked a ON a.site_id = o.site_id
                                WHERE o.tag_key = '' AND o.duty = 'IT')
        ORDER BY lower(d.email))
      INSERT INTO alert (site_id, kind, channel, recipient, request_id, message_id, state, not_before, created_at)
      SELECT a.site_id, 'ASKED', 'email', t.email, a.id, 'request-' || gen_random_uuid() || '@tagwarden', 'WAITING', $2, $2
      FROM asked a, told t
      """;

  /** Nobody needs to be asked any more. $1 request. */
  private static final String UNASK =
      "DELETE FROM alert WHERE request_id = $1 AND kind = 'ASKED' AND state = 'WAITING' AND tries = 0";

  /** To who asked, while they may still see the site. $1 request, $2 now, $3 who answered. */
  private static final String ANSWERED =
      """
      INSERT INTO alert (site_id, kind, channel, recipient, request_id, message_id, state, not_before, created_at)
      SELECT r.site_id, 'ANSWERED', 'email', p.email, r.id, 'answer-' || gen_random_uuid() || '@tagwarden', 'WAITING', $2, $2
      FROM tag_request r JOIN site s ON s.id = r.site_id JOIN person p ON p.id = r.asked_by
      WHERE r.id = $1 AND p.disabled_at IS NULL AND p.id IS DISTINCT FROM $3::int
        AND EXISTS (SELECT FROM membership m
                    WHERE m.person_id = p.id AND (m.client_id = s.client_id OR m.client_id IS NULL))
      """;

  @Override
  public Future<Void> asked(SqlConnection tx, int requestId, Instant now) {
    return tx.preparedQuery(ASKED).execute(tuple(requestId, SqlTime.of(now))).mapEmpty();
  }

  @Override
  public Future<Void> answered(
      SqlConnection tx, int requestId, @Nullable Integer byPerson, Instant now) {
    return tx.preparedQuery(UNASK)
        .execute(tuple(requestId))
        .compose(
            done -> tx.preparedQuery(ANSWERED).execute(tuple(requestId, SqlTime.of(now), byPerson)))
        .mapEmpty();
  }
}
