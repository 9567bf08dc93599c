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

  /**
   * A message to one recipient.
   *
   * @param findingId the first of its findings, with its summary and change
   * @param findings how many it is about
   * @param mayRepeat whether "try again" is offered
   */
  public record AlertLine(
      long id,
      int siteId,
      String siteName,
      int findingId,
      String summary,
      String change,
      int findings,
      String kind,
      String channel,
      String recipient,
      String state,
      int tries,
      Instant createdAt,
      @Nullable Instant sentAt,
      @Nullable Instant notBefore,
      @Nullable String lastProblem,
      boolean mayRepeat) {
    /** What it is about, in a line. */
    public String title() {
      return findings == 1 ? summary : summary + " and " + (findings - 1) + " more";
    }

    /** Where it is shown. */
    public String link() {
      return "/sites/" + siteId + "/findings" + (findings == 1 ? "/" + findingId : "");
    }
  }
}
