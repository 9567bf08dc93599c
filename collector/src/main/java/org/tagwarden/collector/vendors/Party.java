package org.tagwarden.collector.vendors;

/** Whose a URL is, seen from the site. A fourth party is a third-party tag that was piggybacked. */
public enum Party {
  /** The site itself, on one of its registrable domains. */
  FIRST,
  /** Anybody else. */
  THIRD
}
