package org.tagwarden.report;

/** Where the response came from. */
public enum ServedFrom {
  /** The network. */
  NETWORK,
  /** The browser's cache. */
  CACHE,
  /** A service worker answered it. */
  SERVICE_WORKER,
  /** The browser made it itself (data:, blob:). */
  BROWSER
}
