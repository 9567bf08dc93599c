package org.tagwarden.collector.vendors;

/** How a tag got onto the page. */
public enum LoadMethod {
  /** It stands in the site's own document or was inserted by the site's own script. */
  HARD_CODED,
  /** A tag manager's container deployed it. */
  CONTAINER,
  /** Another tag, not a tag manager, brought it. */
  PIGGYBACK,
  /** The initiator chain does not reach the document. */
  UNKNOWN
}
