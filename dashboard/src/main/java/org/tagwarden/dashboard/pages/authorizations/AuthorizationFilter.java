package org.tagwarden.dashboard.pages.authorizations;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.tagwarden.dashboard.view.Labels;
import org.tagwarden.dashboard.web.Request;

/**
 * Which authorizations are shown, as the URL says it.
 *
 * @param client "" for all
 * @param site "" for all; with a site its client's authorizations for all sites are shown, too
 * @param state "", a verdict, "due" for what has lapsed, "idle" for what decides nothing, or
 *     "overlaps"
 */
public record AuthorizationFilter(String search, String client, String site, String state) {
  public static final Map<String, String> STATES =
      Labels.of(
          "",
          "All",
          "approved",
          "Approved",
          "refused",
          "Refused",
          "pending",
          "Pending",
          "due",
          "Expired or review overdue",
          "idle",
          "Decides nothing today",
          "overlaps",
          "Overlaps with others");

  static AuthorizationFilter of(Request request) {
    return new AuthorizationFilter(
        request.text("q"), request.text("client"), request.text("site"), request.text("state"));
  }

  boolean accepts(AuthorizationLine line, Instant now, int clientOfSite) {
    var one = line.one();
    boolean due = one.expired(now) || one.reviewOverdue(now);
    boolean here =
        site.isEmpty()
            || (one.scope().siteId() == null
                ? one.scope().clientId() == clientOfSite
                : site.equals(String.valueOf(one.scope().siteId())));
    return here
        && (client.isEmpty() || client.equals(String.valueOf(one.scope().clientId())))
        && inState(line, due)
        && (search.isEmpty() || text(line).contains(search.toLowerCase(Locale.ROOT)));
  }

  private boolean inState(AuthorizationLine line, boolean due) {
    return switch (state) {
      case "" -> true;
      case "due" -> due;
      case "idle" -> line.idle();
      case "overlaps" -> line.overlaps();
      default -> state.equals(line.one().verdict().word());
    };
  }

  private static String text(AuthorizationLine line) {
    var one = line.one();
    String text =
        one.subject().label()
            + " "
            + one.justification().text()
            + " "
            + one.keepers().owner()
            + " "
            + line.where();
    return text.toLowerCase(Locale.ROOT);
  }
}
