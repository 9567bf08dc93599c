package org.tagwarden.collector.owners;

/** What somebody answers for: that a tag is needed, or that it does no harm. */
public enum Duty {
  /** Why the site or tag is there. */
  BUSINESS,
  /** How it is built and what it may do. */
  IT
}
