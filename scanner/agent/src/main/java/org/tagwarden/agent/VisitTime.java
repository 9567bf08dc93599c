package org.tagwarden.agent;

import org.tagwarden.agent.browser.Deadline;

/**
 * How the time of a visit is shared out, so that it ends when it should, whatever the page does:
 * most of it to load and settle, some to ask the page what it holds, the rest to leave it.
 *
 * @param load until when the page may load and settle
 * @param ask until when questions to the page end
 * @param end until when the page is left; what is closed after that does not wait for it
 */
record VisitTime(Deadline load, Deadline ask, Deadline end) {
  private static final long LEAST_LOAD_MS = 1_000;
  private static final long MOST_LEAVE_MS = 3_000;
  private static final long MOST_ASK_MS = 6_000;
  private static final long LEAST_ASK_MS = 1_500;

  /** From now on. */
  static VisitTime of(long timeoutMs) {
    long leave = Math.min(MOST_LEAVE_MS, timeoutMs / 4);
    long ask = Math.max(LEAST_ASK_MS, Math.min(MOST_ASK_MS, timeoutMs / 10));
    long load = Math.max(LEAST_LOAD_MS, timeoutMs - ask - leave);
    return new VisitTime(
        Deadline.in(load), Deadline.in(load + ask), Deadline.in(load + ask + leave));
  }
}
