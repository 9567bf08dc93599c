package org.tagwarden.collector.alerts;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.owners.Duty;
import org.tagwarden.collector.owners.Ownership;
import org.tagwarden.collector.owners.Rank;

/**
 * One thing about which its owner is asked.
 *
 * @param subject the tag's product, the site, or an authorization's subject
 * @param title as what they answer for it: "IT owner"
 * @param holds how long a yes holds: "a year", "3 months"
 */
public record ReviewItem(
    What what,
    int id,
    String name,
    String subject,
    String title,
    LocalDate due,
    Instant since,
    String holds,
    State state) {
  /** What it is. */
  public enum What {
    /** Somebody named as owner of the site or a tag. */
    OWNER,
    /** An authorization with a day of review. */
    AUTHORIZATION
  }

  /** What was answered. */
  public enum State {
    OPEN,
    NEEDED,
    UNNEEDED
  }

  /** The name of its field in a form. */
  public String field() {
    return what + "-" + id;
  }

  static ReviewItem of(Row row) {
    What what = What.valueOf(row.getString("what"));
    Rank rank = Rank.valueOf(row.getString("rank"));
    boolean owner = what == What.OWNER;
    return new ReviewItem(
        what,
        row.getInteger("id"),
        row.getString("name").replaceFirst("\\s*<[^>]*>$", ""),
        owner ? owned(row) : authorized(row),
        owner
            ? Ownership.title(Duty.valueOf(row.getString("duty")), rank)
            : rank.name().toLowerCase(Locale.ROOT),
        row.getLocalDate("review_on"),
        SqlTime.instant(row, "set_at"),
        months(row.getInteger("review_months")),
        State.valueOf(row.getString("state")));
  }

  private static String owned(Row row) {
    if (row.getString("tag_key").isEmpty()) return "the site";
    return row.getString("product").isEmpty() ? row.getString("tag_key") : row.getString("product");
  }

  private static String authorized(Row row) {
    return "the authorization of "
        + row.getString("kind").toLowerCase(Locale.ROOT)
        + " "
        + row.getString("subject");
  }

  private static String months(int months) {
    if (months == 1) return "a month";
    if (months == 12) return "a year";
    return months % 12 == 0 ? months / 12 + " years" : months + " months";
  }
}
