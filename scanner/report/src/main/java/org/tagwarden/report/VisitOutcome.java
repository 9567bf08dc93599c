package org.tagwarden.report;

/** How a visit ended. */
public enum VisitOutcome {
  /** The page loaded and settled. */
  COMPLETE,
  /** A cap or the watchdog ended it; what was seen up to then is in the report. */
  CUT_SHORT,
  /**
   * The document could not be loaded: nothing in the visit is a statement about the site's tags.
   */
  FAILED,
  /** A bot challenge was met instead of the page: never a result. */
  CHALLENGED
}
