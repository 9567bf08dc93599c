package org.tagwarden.report;

/** What kind of resource was asked for. */
public enum ResourceType {
  /** A document of any frame. */
  DOCUMENT,
  /** A script, of any kind. */
  SCRIPT,
  /** A style sheet. */
  STYLESHEET,
  /** An image or pixel. */
  IMAGE,
  /** A font. */
  FONT,
  /** Audio or video. */
  MEDIA,
  /** fetch() or XMLHttpRequest. */
  FETCH,
  /** sendBeacon, or fetch with keepalive, or {@code <a ping>}. */
  BEACON,
  /** A WebSocket handshake. */
  WEBSOCKET,
  /** A server-sent event stream. */
  EVENT_SOURCE,
  /** A CORS preflight. */
  PREFLIGHT,
  /** The main script of a worker of any kind. */
  WORKER,
  /** A report that the browser itself sent (CSP, Reporting API). */
  REPORT,
  /** A web app manifest. */
  MANIFEST,
  /** Anything else, or not known. */
  OTHER
}
