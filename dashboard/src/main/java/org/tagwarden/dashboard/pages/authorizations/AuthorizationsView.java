package org.tagwarden.dashboard.pages.authorizations;

import java.util.List;
import java.util.Map;

/**
 * What the list shows.
 *
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
    Map<String, String> sites) {}
