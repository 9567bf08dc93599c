package org.tagwarden.dashboard.pages.changes;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.dashboard.pages.site.SiteFrame;

/**
 * The changes of a site, the newest first.
 *
 * @param learning how many visits the pages still need until absences mean something; 0 when known
 * @param more whether older ones are left out
 */
public record ChangesView(
    SiteFrame frame,
    List<Event> events,
    List<OftenRow> often,
    List<HeaderRow> headers,
    int learning,
    boolean more) {

  /**
   * A script that changes often, so that another text of it is no news.
   *
   * @param texts how many of it were new in the last 30 days
   * @param changeId the newest line of the log about it; null for none
   */
  public record OftenRow(String script, int texts, Instant lastAt, @Nullable Long changeId) {}

  /** A change, with what followed from it on the same visit. */
  public record Event(ChangeRow cause, List<ChangeRow> others) {}
}
