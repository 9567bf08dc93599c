package org.tagwarden.collector.governance;

import java.util.List;

/**
 * What saving brought about.
 *
 * @param changeIds the history's new lines, in the order of the orders
 * @param authorizationIds whose they are
 * @param resolvedFindings open findings that were settled at once
 */
public record Saved(List<Integer> changeIds, List<Integer> authorizationIds, int resolvedFindings) {
  public Saved {
    changeIds = List.copyOf(changeIds);
    authorizationIds = List.copyOf(authorizationIds);
  }
}
