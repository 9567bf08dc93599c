package org.tagwarden.agent;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.CdpSession;
import org.tagwarden.agent.browser.Deadline;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.agent.observe.Observers;

/**
 * Leaves a page as a visitor does: it is hidden, then it goes. Each is when some tags send what
 * they have gathered, and the proxy is listened to until no more comes.
 */
final class Farewell {
  private static final long COMMAND_MS = 5_000;
  private static final long HIDDEN_LEAST_MS = 100;
  private static final long HIDDEN_MOST_MS = 500;
  private static final long UNLOAD_MOST_MS = 1_500;
  private static final long GONE_LEAST_MS = 250;
  private static final long GONE_MOST_MS = 2_500;

  /** On a busy machine beacons take longer; what leaving itself took tells how busy it is. */
  private static final long TIMES_AS_LONG = 4;

  private final LivePage live;
  private final PageClock clock;
  private final Deadline end;
  private final Observers seen;

  Farewell(LivePage live, PageClock clock, Deadline end, Observers seen) {
    this.live = live;
    this.clock = clock;
    this.end = end;
    this.seen = seen;
  }

  /** Where no page came: only what is still on its way is waited for. */
  void toNobody() throws InterruptedException {
    seen.frames.freeze();
    clock.awaitQuiet(HIDDEN_LEAST_MS, HIDDEN_MOST_MS);
  }

  /** Tells {@code left} when the page is gone, while its last beacons are waited for. */
  void say(Runnable left) throws InterruptedException {
    seen.frames.freeze();
    try {
      hide();
      clock.awaitQuiet(HIDDEN_LEAST_MS, HIDDEN_MOST_MS);
      long tookMs = leave();
      left.run();
      long most = end.atMost(GONE_MOST_MS);
      clock.awaitQuiet(Math.min(most, GONE_LEAST_MS + TIMES_AS_LONG * tookMs), most);
    } catch (CdpException e) {
      seen.problems.note(
          "browser",
          "leave",
          "leave-failed",
          "The page could not be left in order ("
              + e.getMessage()
              + "); what it sends at its end may be missing.");
    }
  }

  private void hide() {
    CdpSession browser = live.context().browser();
    int window =
        browser
            .call(
                "Browser.getWindowForTarget",
                Map.of("targetId", live.page().targetId()),
                end.atMost(COMMAND_MS))
            .path("windowId")
            .asInt();
    browser.call(
        "Browser.setWindowBounds",
        Map.of("windowId", window, "bounds", Map.of("windowState", "minimized")),
        end.atMost(COMMAND_MS));
  }

  /**
   * Closed, not navigated: another document would take over the session before this one's last
   * handlers ran, and what they send would have no initiator. Returns how many milliseconds the
   * browser took.
   */
  private long leave() {
    long from = System.nanoTime();
    live.page().session().call("Page.close", Map.of(), end.atMost(COMMAND_MS));
    seen.guard
        .crashed() // the page is gone, and its handlers have run
        .copy()
        .completeOnTimeout(null, end.atMost(UNLOAD_MOST_MS), TimeUnit.MILLISECONDS)
        .join();
    return (System.nanoTime() - from) / 1_000_000;
  }
}
