package org.tagwarden.collector.governance;

/** A decision for a site that does not exist: 404 over HTTP. */
public final class UnknownSiteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownSiteException(int siteId) {
    super("There is no site " + siteId + ".");
  }
}
