package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditEntry;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.alerts.SignedLinks.Purpose;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.owners.OrphanWatch;

/** "Still needed?": asked by mail before a review is due, answered by the mail's link. */
public final class Reviews {
  /** So many days before a review is due its owner is asked. */
  private static final int DAYS_BEFORE = 14;

  private static final Refusal NOT_OURS =
      Refusal.notFound("This link is not whole or too old, or somebody else was named meanwhile.");

  private final Database database;
  private final SignedLinks links;
  private final OrphanWatch watch;
  private final AuditLog audit;
  private final Clock clock;

  public Reviews(
      Database database, SignedLinks links, OrphanWatch watch, AuditLog audit, Clock clock) {
    this.database = database;
    this.links = links;
    this.watch = watch;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What is asked.
   *
   * @param subject the tag's product, or the site
   * @param holds how long a yes holds: "a year", "3 months"
   */
  public record Question(
      String name, String email, String site, String subject, LocalDate due, String holds) {}

  /** Whether a link is one of reviews. */
  public boolean isReview(String token) {
    return links.open(token).filter(opened -> opened.purpose() == Purpose.REVIEW).isPresent();
  }

  /** Asks everybody whose review is near, once; answers how many. */
  public Future<Integer> remind() {
    LocalDate near = SqlValues.day(clock.instant()).plusDays(DAYS_BEFORE);
    return database
        .pool()
        .preparedQuery(AlertQueries.REMIND)
        .execute(tuple(near, SqlTime.now(clock)))
        .map(rows -> rows.rowCount());
  }

  /** Looks, and changes nothing. */
  public Future<Question> ask(String token) {
    return row(token).map(Reviews::question);
  }

  /**
   * Takes the answer down.
   *
   * @param address the caller's, for the audit log
   */
  public Future<Question> answer(String token, boolean needed, String address) {
    return row(token)
        .compose(
            row ->
                database
                    .inTransaction(
                        tx ->
                            (needed
                                    ? tx.preparedQuery(AlertQueries.STILL_NEEDED)
                                        .execute(
                                            tuple(
                                                row.getInteger("id"),
                                                SqlValues.day(clock.instant()),
                                                SqlTime.now(clock)))
                                    : tx.preparedQuery(AlertQueries.NOT_NEEDED)
                                        .execute(tuple(row.getInteger("id"), SqlTime.now(clock))))
                                .compose(
                                    done ->
                                        audit.write(
                                            tx,
                                            AuditEntry.of(
                                                    row.getString("email"),
                                                    Origin.door(address),
                                                    row.getInteger("client_id"),
                                                    "answer review",
                                                    ReviewStory.subject(row)
                                                        + " on "
                                                        + row.getString("site"))
                                                .made(Map.of("needed", needed)))))
                    .compose(done -> watch.look(row.getInteger("site_id")))
                    .map(done -> question(row)));
  }

  private Future<Row> row(String token) {
    long alertId =
        links
            .open(token)
            .filter(opened -> opened.purpose() == Purpose.REVIEW)
            .orElseThrow(() -> NOT_OURS)
            .id();
    return database
        .pool()
        .preparedQuery(AlertQueries.REVIEW)
        .execute(tuple(alertId))
        .map(
            rows -> {
              if (rows.size() == 0) throw NOT_OURS;
              return rows.iterator().next();
            });
  }

  private static Question question(Row row) {
    return new Question(
        row.getString("name"),
        row.getString("email"),
        row.getString("site"),
        ReviewStory.subject(row),
        row.getLocalDate("review_on"),
        ReviewStory.months(row));
  }
}
