package org.tagwarden.collector.access;

import java.util.Locale;

/**
 * What somebody may do, for one client or for all. Viewer, requester, approver and admin each
 * include the one before.
 */
public enum Role {
  /** Takes jobs and hands in reports, and nothing else: for scanners' tokens. */
  SCANNER,
  /** Reads inventory, scans and findings (marketing). */
  VIEWER,
  /** May also ask for a tag's approval and for a scan. */
  REQUESTER,
  /** May also decide, and change sites and schedules (IT). */
  APPROVER,
  /** May also manage clients, people and tokens. */
  ADMIN,
  /** Reads and exports everything, changes nothing. */
  AUDITOR;

  /** Whether somebody with this role may do what asks for the other. */
  public boolean covers(Role needed) {
    if (this == needed) return true;
    if (this == SCANNER || needed == SCANNER) return false;
    if (this == AUDITOR) return needed == VIEWER;
    if (needed == AUDITOR) return this == ADMIN;
    return ordinal() > needed.ordinal();
  }

  /** As the database and the API write it: lower-case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of a {@link #word}. */
  public static Role of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
