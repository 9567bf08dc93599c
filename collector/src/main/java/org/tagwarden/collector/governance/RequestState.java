package org.tagwarden.collector.governance;

/** What became of a request. */
public enum RequestState {
  OPEN,
  GRANTED,
  DECLINED,
  /** By who asked, or by an approver who asked them. */
  WITHDRAWN
}
