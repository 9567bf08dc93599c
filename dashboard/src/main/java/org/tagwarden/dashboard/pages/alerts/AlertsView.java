package org.tagwarden.dashboard.pages.alerts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outbox.
 *
 * @param state the chosen one; "" for all
 */
public record AlertsView(
    String state, int sent, int waiting, int failed, List<AlertLine> alerts, boolean mailOff) {

  /** A message to one recipient about one change. */
  public record AlertLine(
      long id,
      int siteId,
      String siteName,
      int findingId,
      String summary,
      String change,
      String channel,
      String recipient,
      String state,
      int tries,
      Instant createdAt,
      @Nullable Instant sentAt,
      @Nullable Instant notBefore,
      @Nullable String lastProblem) {}
}
