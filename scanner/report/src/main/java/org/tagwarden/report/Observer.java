package org.tagwarden.report;

/** Who saw it. */
public enum Observer {
  /** The proxy: what went over the wire. */
  PROXY,
  /** The browser through its debugging protocol. */
  BROWSER
}
