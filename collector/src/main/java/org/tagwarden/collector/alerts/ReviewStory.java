package org.tagwarden.collector.alerts;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.owners.OrphanKind;

/** The question to an owner whether things are still needed and still theirs. */
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

  /** Fails when somebody else was named for all of it meanwhile, or it was answered. */
  Future<AlertMessage> message(Alert alert) {
    return database
        .pool()
        .preparedQuery(ReviewQueries.ITEMS)
        .execute(tuple(alert.id()))
        .map(
            rows -> {
              List<ReviewItem> open = new ArrayList<>();
              Row site = null;
              for (Row row : rows) {
                ReviewItem item = ReviewItem.of(row);
                if (item.state() == ReviewItem.State.OPEN) open.add(item);
                site = row;
              }
              if (open.isEmpty() || site == null)
                throw AlertException.permanent(
                    "Somebody else was named meanwhile, or it is answered.", null);
              return message(alert, open, site);
            });
  }

  private AlertMessage message(Alert alert, List<ReviewItem> open, Row site) {
    String answer = links.link(SignedLinks.Purpose.REVIEW, alert.id(), LINK_LIFE);
    LocalDate first = open.stream().map(ReviewItem::due).min(LocalDate::compareTo).orElseThrow();
    return new AlertMessage(
        AlertKind.REVIEW,
        List.of(story(open, site)),
        1,
        "If you do not answer by "
            + DAY.format(first)
            + ", those who look after the site get a finding about it.",
        List.of(),
        new AlertMessage.Links(
            answer, answer, links.publicUrl() + "/sites/" + alert.siteId() + "/owners"));
  }

  private static AlertStory story(List<ReviewItem> open, Row site) {
    ReviewItem first = open.get(0);
    boolean single = open.size() == 1;
    String subject = single ? first.subject() : open.size() + " things";
    String where = " on " + site.getString("site") + "?";
    String name = first.name().isEmpty() ? "" : first.name() + ", ";
    return new AlertStory(
        0,
        "review",
        ChangeKind.OPENED,
        first.since(),
        site.getString("client"),
        site.getInteger("site_id"),
        site.getString("site"),
        site.getString("base_url"),
        (single ? "Is it still needed: " : "Are they still needed: ") + subject + where,
        OrphanKind.WHY,
        subject,
        Severity.LOW,
        name
            + (single
                ? "you are "
                    + first.title()
                    + " of "
                    + first.subject()
                    + ". Please say whether it is still needed and still yours."
                : "you answer for "
                    + open.size()
                    + " things there. Please say whether they are still needed and still yours."),
        single ? List.of() : open.stream().map(ReviewStory::line).toList(),
        single
            ? "Open the page and press yes or no. Yes holds for " + first.holds() + "."
            : "Open the page and press yes for all of them, or answer one by one.",
        first.since(),
        null,
        List.of(),
        0,
        0,
        null,
        null);
  }

  private static String line(ReviewItem item) {
    return item.subject() + " (you are its " + item.title() + "), by " + DAY.format(item.due());
  }
}
