package org.tagwarden.dashboard.pages.changes;

import org.jspecify.annotations.Nullable;

/**
 * A security-impacting header as PCI DSS 11.6.1 asks for it.
 *
 * @param authorized the last authorized value; "" when it was not sent
 * @param current the value now
 * @param findingId the open finding about it; null when it is as authorized
 */
public record HeaderRow(
    String page, String name, String authorized, String current, @Nullable Integer findingId) {
  /** Same, changed, gone or new. */
  public String result() {
    if (current.equals(authorized)) return current.isEmpty() ? "Never sent" : "Same";
    if (current.isEmpty()) return "Gone";
    return authorized.isEmpty() ? "New" : "Changed";
  }
}
