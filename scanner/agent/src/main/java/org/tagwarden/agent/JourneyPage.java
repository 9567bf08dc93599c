package org.tagwarden.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.observe.Observers;
import org.tagwarden.report.JourneyRun;

/**
 * One page of a journey: what was seen on it, and the steps taken. Events reach its observers on
 * the connection's thread; the rest belongs to the visit's thread.
 */
final class JourneyPage {
  /** An event that came before it was clear whether there would be a page for it. */
  record Early(String method, JsonNode params) {}

  final Observers seen;
  final Instant startedAt;
  final long startNanos;
  final List<JourneyRun.StepRun> steps = new ArrayList<>();
  final List<LateFiring> late = new ArrayList<>();
  volatile String url;
  volatile boolean opened;
  volatile long shownNanos;
  long leftNanos = Long.MAX_VALUE;
  boolean paymentPage;
  boolean settled;
  PageClock.@Nullable End end;

  /**
   * @param url where the navigation to it went; empty while nothing was opened
   */
  JourneyPage(Observers seen, String url, Instant startedAt, long startNanos) {
    this.seen = seen;
    this.url = url;
    this.startedAt = startedAt;
    this.startNanos = startNanos;
    this.shownNanos = startNanos;
  }

  /** Offset of a moment from the page's start. */
  double offsetMs(long nanos) {
    return Math.max(0, Math.round((nanos - startNanos) / 1e5) / 10.0);
  }
}
