package org.tagwarden.dashboard.pages.changes;

import java.util.List;
import org.tagwarden.dashboard.pages.site.SiteFrame;

/**
 * The changes of a site, the newest first.
 *
 * @param learning how many visits the pages still need until absences mean something; 0 when known
 * @param more whether older ones are left out
 */
public record ChangesView(
    SiteFrame frame, List<Event> events, List<HeaderRow> headers, int learning, boolean more) {

  /** A change, with what followed from it on the same visit. */
  public record Event(ChangeRow cause, List<ChangeRow> others) {}
}
