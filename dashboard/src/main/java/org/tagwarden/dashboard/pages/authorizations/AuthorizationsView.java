package org.tagwarden.dashboard.pages.authorizations;

import java.util.List;
import java.util.Map;

/**
 * What the list shows.
 *
 * @param lines all that fit the filter
 * @param mayDecide whether somebody can be decided for at all
 * @param clients for the filter
 * @param sites likewise
 */
public record AuthorizationsView(
    AuthorizationFilter filter,
    List<AuthorizationLine> lines,
    boolean any,
    boolean mayDecide,
    Map<String, String> clients,
    Map<String, String> sites) {
  /** More than anybody reads; the filter finds the others. */
  private static final int MOST = 300;

  /** Those that are shown. */
  public List<AuthorizationLine> shown() {
    return lines.subList(0, Math.min(MOST, lines.size()));
  }
}
