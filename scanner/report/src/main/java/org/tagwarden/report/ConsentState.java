package org.tagwarden.report;

/** The visitor's choice that the visit played. */
public enum ConsentState {
  /** No choice was made. */
  NONE,
  /** Everything was accepted. */
  ACCEPT,
  /** Everything was rejected. */
  REJECT,
  /** No choice was made and the browser sent the Global Privacy Control signal. */
  GPC
}
