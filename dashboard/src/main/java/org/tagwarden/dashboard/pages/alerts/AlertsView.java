package org.tagwarden.dashboard.pages.alerts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.alerts.bounces.Bounces;
import org.tagwarden.dashboard.view.Display;

/**
 * The outbox.
 *
 * @param state the chosen one; "" for all
 * @param contacts addresses that mails do not reach
 * @param bounceProblem why mails that came back cannot be read; "" when they can
 */
public record AlertsView(
    String state,
    int sent,
    int waiting,
    int failed,
    List<AlertLine> alerts,
    List<Bounces.Contact> contacts,
    boolean mailOff,
    String bounceProblem) {

  /**
   * A message to one recipient.
   *
   * @param findingId the most urgent of its findings, with its summary and change
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
    /** Whether it waits for its hour: a digest, quiet hours, another try. */
    public boolean dueLater(Instant now) {
      return state.equals("WAITING") && notBefore != null && notBefore.isAfter(now);
    }

    private boolean isReview() {
      return kind.equals("REVIEW");
    }

    private boolean isRequest() {
      return kind.equals("ASKED") || kind.equals("ANSWERED");
    }

    /** Why it was sent. */
    public String why() {
      return switch (kind) {
        case "LATE" -> "Not acknowledged";
        case "TAKEN" -> "Taken care of";
        case "UNMUTED" -> "Mute ended";
        case "REVIEW" -> "Review";
        case "ASKED" -> "Request";
        case "ANSWERED" -> "Answer";
        case "DAILY", "WEEKLY" -> Display.words(kind) + " digest";
        default -> Display.words(change);
      };
    }

    /** What it is about, in a line. */
    public String title() {
      if (isReview()) return "Is it still needed?";
      if (isRequest()) return "Request for " + summary;
      if (findings == 1) return summary;
      return summary.replaceFirst("\\.$", "") + ", and " + (findings - 1) + " more";
    }

    /** Where it is shown. */
    public String link() {
      if (isReview()) return "/sites/" + siteId + "/owners";
      if (isRequest()) return "/requests";
      return "/sites/" + siteId + "/findings" + (findings == 1 ? "/" + findingId : "");
    }
  }
}
