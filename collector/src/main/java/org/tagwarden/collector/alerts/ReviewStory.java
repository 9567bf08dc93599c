package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.owners.Duty;
import org.tagwarden.collector.owners.OrphanKind;
import org.tagwarden.collector.owners.Ownership;
import org.tagwarden.collector.owners.Rank;

/** The question to an owner whether something is still needed and still theirs. */
final class ReviewStory {
  private static final Duration LINK_LIFE = Duration.ofDays(90);

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private final Database database;
  private final SignedLinks links;

  ReviewStory(Database database, SignedLinks links) {
    this.database = database;
    this.links = links;
  }

  /** Fails when somebody else was named meanwhile. */
  Future<AlertMessage> message(Alert alert) {
    return database
        .pool()
        .preparedQuery(AlertQueries.REVIEW)
        .execute(tuple(alert.id()))
        .map(
            rows -> {
              if (rows.size() == 0)
                throw AlertException.permanent("Somebody else was named meanwhile.", null);
              return message(alert, rows.iterator().next());
            });
  }

  private AlertMessage message(Alert alert, Row row) {
    AlertMessage.Links buttons =
        new AlertMessage.Links(
            links.link(SignedLinks.Purpose.REVIEW, alert.id(), LINK_LIFE),
            links.link(SignedLinks.Purpose.REVIEW, alert.id(), LINK_LIFE),
            links.publicUrl() + "/sites/" + alert.siteId() + "/owners");
    return new AlertMessage(
        AlertKind.REVIEW,
        List.of(story(row)),
        1,
        "If you do not answer by "
            + DAY.format(row.getLocalDate("review_on"))
            + ", those who look after the site get a finding about it.",
        List.of(),
        buttons);
  }

  /** "Hotjar", or the site itself. */
  static String subject(Row row) {
    if (row.getString("tag_key").isEmpty()) return "the site";
    return row.getString("product").isEmpty() ? row.getString("tag_key") : row.getString("product");
  }

  /** How long a yes holds. */
  static String months(Row row) {
    int months = row.getShort("review_months");
    if (months == 1) return "a month";
    if (months == 12) return "a year";
    return months % 12 == 0 ? months / 12 + " years" : months + " months";
  }

  private static AlertStory story(Row row) {
    String subject = subject(row);
    String title =
        new Ownership(
                row.getInteger("id"),
                row.getInteger("site_id"),
                row.getString("tag_key"),
                Duty.valueOf(row.getString("duty")),
                Rank.valueOf(row.getString("rank")),
                row.getString("name"),
                row.getString("email"),
                row.getLocalDate("review_on"))
            .title();
    return new AlertStory(
        0,
        "review",
        ChangeKind.OPENED,
        SqlTime.instant(row, "set_at"),
        row.getString("client"),
        row.getInteger("site_id"),
        row.getString("site"),
        row.getString("base_url"),
        "Is it still needed: " + subject + " on " + row.getString("site") + "?",
        OrphanKind.WHY,
        subject,
        Severity.LOW,
        row.getString("name")
            + ", you are "
            + title
            + " of "
            + subject
            + ". Please say whether it is still needed and still yours.",
        List.of(),
        "Open the page and press yes or no. Yes holds for " + months(row) + ".",
        SqlTime.instant(row, "set_at"),
        null,
        List.of(),
        0,
        0,
        null,
        null);
  }
}
