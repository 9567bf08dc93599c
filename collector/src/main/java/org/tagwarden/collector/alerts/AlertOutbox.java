package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.alerts.Dispatch.Escalation;
import org.tagwarden.collector.alerts.Dispatch.Letter;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.findings.FindingChange;
import org.tagwarden.collector.owners.Responsibility;

/**
 * Puts alerts down in the transaction that changed the finding; {@link AlertLoop} sends them. So a
 * change is never told that did not happen, and none that happened is forgotten. What a recipient
 * is to hear about a site while a message still waits goes into that message.
 */
public final class AlertOutbox {
  private static final Logger LOG = LoggerFactory.getLogger(AlertOutbox.class);

  /** Writes down who is told what of these changes, as the site's rules say. */
  public Future<Void> announce(
      SqlConnection tx, int siteId, List<FindingChange> changes, Instant now) {
    if (changes.isEmpty()) return Future.succeededFuture();
    return AlertRules.of(tx, siteId)
        .compose(
            rules ->
                news(tx, changes.stream().map(FindingChange::id).toArray(Long[]::new), now)
                    .map(all -> all.stream().filter(one -> isPicked(one, rules)).toList())
                    .compose(
                        news ->
                            news.isEmpty()
                                ? Future.succeededFuture()
                                : dispatch(tx, siteId, news, rules, now)));
  }

  /**
   * Writes down who is told that these findings are no longer muted: whom the rules name for what
   * opens, whether or not they heard of it before.
   *
   * @param changes the last opening or worsening of each
   * @param cared findings of which somebody takes care: they begin no path
   */
  Future<Void> unmute(
      SqlConnection tx, int siteId, List<Long> changes, Set<Integer> cared, Instant now) {
    return AlertRules.of(tx, siteId)
        .compose(
            rules ->
                news(tx, changes.toArray(Long[]::new), now)
                    .compose(
                        news ->
                            audience(tx, siteId)
                                .compose(
                                    audience -> {
                                      List<News> open = news.stream().map(News::opened).toList();
                                      Dispatch dispatch =
                                          Dispatch.of(open, rules, audience, new Told(), now)
                                              .unmuted(cared);
                                      return write(tx, siteId, dispatch.letters(), now)
                                          .compose(
                                              done -> escalate(tx, dispatch.escalations(), now));
                                    })));
  }

  private static boolean isPicked(News news, List<AlertRule> rules) {
    return rules.stream().anyMatch(rule -> rule.picks(news));
  }

  private static Future<Void> dispatch(
      SqlConnection tx, int siteId, List<News> news, List<AlertRule> rules, Instant now) {
    return audience(tx, siteId)
        .compose(
            audience -> told(tx, news).map(told -> Dispatch.of(news, rules, audience, told, now)))
        .compose(
            dispatch ->
                write(tx, siteId, dispatch.letters(), now)
                    .compose(done -> escalate(tx, dispatch.escalations(), now)));
  }

  private static Future<List<News>> news(SqlConnection tx, Long[] ids, Instant now) {
    return tx.preparedQuery(AlertQueries.NEWS)
        .execute(tuple(ids, SqlTime.of(now)))
        .map(
            rows -> {
              List<News> news = new ArrayList<>();
              for (Row row : rows) {
                news.add(
                    new News(
                        row.getLong("id"),
                        row.getInteger("finding_id"),
                        row.getString("check_id"),
                        Severity.valueOf(row.getString("severity")),
                        ChangeKind.valueOf(row.getString("change")),
                        row.getString("tag_key"),
                        row.getBoolean("muted")));
              }
              return news;
            });
  }

  private static Future<Audience> audience(SqlConnection tx, int siteId) {
    return tx.preparedQuery(AlertQueries.AUDIENCE)
        .execute(tuple(siteId))
        .compose(
            rows -> {
              Row row = rows.iterator().next();
              return Responsibility.of(tx, siteId)
                  .map(
                      responsibility ->
                          new Audience(
                              List.of(row.getArrayOfStrings("emails")),
                              Set.of(row.getArrayOfStrings("opted_out")),
                              responsibility));
            });
  }

  private static Future<Told> told(SqlConnection tx, List<News> news) {
    Integer[] findings = news.stream().map(News::findingId).distinct().toArray(Integer[]::new);
    return tx.preparedQuery(AlertQueries.TOLD)
        .execute(tuple((Object) findings))
        .map(
            rows -> {
              Told told = new Told();
              for (Row row : rows) {
                told.add(
                    row.getInteger("finding_id"),
                    row.getString("channel"),
                    row.getString("recipient"),
                    row.getBoolean("bad"),
                    SqlTime.instant(row, "at"));
              }
              return told;
            });
  }

  static Future<Void> write(SqlConnection tx, int siteId, List<Letter> letters, Instant now) {
    if (letters.isEmpty()) return Future.succeededFuture();
    return tx.preparedQuery(AlertQueries.WRITE)
        .execute(
            tuple(
                siteId,
                SqlTime.of(now),
                letters.stream().map(letter -> letter.kind().name()).toArray(String[]::new),
                letters.stream().map(Letter::channel).toArray(String[]::new),
                letters.stream().map(Letter::recipient).toArray(String[]::new),
                letters.stream().map(Letter::destinationId).toArray(Integer[]::new),
                letters.stream()
                    .map(letter -> SqlTime.of(letter.notBefore()))
                    .toArray(OffsetDateTime[]::new),
                letters.stream().map(Letter::changeId).toArray(Long[]::new)))
        .map(
            rows -> {
              LOG.info("Site {}: {} changes to be told", siteId, rows.rowCount());
              return null;
            });
  }

  private static Future<Void> escalate(
      SqlConnection tx, List<Escalation> escalations, Instant now) {
    Future<Void> done = Future.succeededFuture();
    for (Escalation one : escalations) {
      Instant next = one.nextAt();
      done =
          done.compose(
              before ->
                  tx.preparedQuery(AlertQueries.ESCALATE)
                      .execute(
                          tuple(
                              one.findingId(),
                              one.changeId(),
                              one.step(),
                              SqlTime.of(now),
                              next == null ? null : SqlTime.of(next)))
                      .mapEmpty());
    }
    return done;
  }
}
