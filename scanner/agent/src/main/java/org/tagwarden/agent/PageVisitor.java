package org.tagwarden.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.browser.Browser;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.CdpSession;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.agent.observe.Observers;
import org.tagwarden.agent.traffic.TrafficPort;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.Screenshot;
import org.tagwarden.report.VisitOptions;

/**
 * How a page is visited: a port of the proxy, a context of the browser, navigate, wait until the
 * page is done, ask it what it holds, hide it, leave it, and join what was seen. Whatever goes
 * wrong on the way is a problem of this visit and of no other.
 */
final class PageVisitor {
  private static final Logger LOG = LoggerFactory.getLogger(PageVisitor.class);
  private static final long LONGEST_ASK_MS = 12_000;
  private static final long SPIN_MS = 1_500;

  private final VisitRun.Means means;

  PageVisitor(VisitRun.Means means) {
    this.means = means;
  }

  /**
   * Visits a page; always returns a result, unless the scanner itself is unfit or interrupted. When
   * the browser goes under, which another page or somebody else may have done, the page is visited
   * once more, in a browser of its own.
   *
   * @param left told when the page is gone, and only its last beacons are on their way
   */
  VisitAssembly.Visited visit(String url, VisitOptions options, SignedIn signedIn, Runnable left)
      throws InterruptedException {
    VisitAssembly.Visited visited;
    try (BrowserKeeper.Lease shared = means.browsers().lease()) {
      visited = new Run(url, options, signedIn, shared.browser(), left).visit();
    }
    if (!lostBrowser(visited)) return visited;
    LOG.info("The browser ended while it was on {}: visiting it again in one of its own", url);
    try (BrowserKeeper.Lease own = means.browsers().leaseAlone()) {
      return new Run(url, options, signedIn, own.browser(), left).again();
    }
  }

  private static boolean lostBrowser(VisitAssembly.Visited visited) {
    return visited.result().visit().problems().stream()
        .anyMatch(p -> p.code().equals("browser-crashed") || p.code().equals("browser-error"));
  }

  /** One page's visit under way. Used by one thread. */
  private final class Run {
    private final String url;
    private final VisitOptions options;
    private final VisitRun visit;
    private final Observers seen;
    private final VisitAssembly assembly;
    private final Runnable left;

    Run(String url, VisitOptions options, SignedIn signedIn, Browser browser, Runnable left) {
      this.url = url;
      this.options = options;
      this.visit = new VisitRun(url, options, signedIn, browser, means);
      this.seen = visit.seen;
      this.assembly = new VisitAssembly(url, options, seen);
      this.left = left;
    }

    VisitAssembly.Visited again() throws InterruptedException {
      seen.problems.note(
          "browser",
          "load",
          "visited-again",
          "The browser ended during the first visit of "
              + url
              + ", so that the page was asked for twice. This is the second visit, in a browser of"
              + " its own.");
      return visit();
    }

    VisitAssembly.Visited visit() throws InterruptedException {
      try (TrafficPort port = visit.openPort()) {
        begin(port);
        VisitTime time = VisitTime.of(options.timeoutMs());
        if (visit.admitted())
          visit.inTab(port, seen, () -> seen.problems, open -> stay(open, port, time));
        if (!visit.browserAlive()) assembly.browserGone();
      } catch (CdpException e) {
        failed(e);
      }
      // Only now: nothing passes a closed port, so that nothing passes it unrecorded.
      return means.gate().redacted(assembly.finish(System.nanoTime()));
    }

    private void begin(TrafficPort port) {
      assembly.begin(means.clock().instant(), System.nanoTime(), port.log());
    }

    private void stay(Browser.OpenPage open, TrafficPort port, VisitTime time)
        throws InterruptedException {
      begin(port);
      PageClock clock = VisitRun.clock(port, seen, open.context(), time.load());
      LivePage live = new LivePage(open.context(), open.page(), seen.frames);
      Farewell farewell = new Farewell(live, clock, time.end(), seen);
      if (!navigate(live, clock)) {
        farewell.toNobody();
        return;
      }
      settle(live, clock);
      if (clock.alive()) ask(live, time);
      if (clock.alive()) farewell.say(left);
      else assembly.died(clock.death());
    }

    /** Returns whether there is a document to stay on. */
    private boolean navigate(LivePage live, PageClock clock) throws InterruptedException {
      CompletableFuture<JsonNode> navigation =
          live.page().session().send("Page.navigate", Map.of("url", url));
      CompletableFuture<Void> arrived = navigation.thenAccept(answer -> {});
      PageClock.End end = clock.awaitLoad(arrived.exceptionally(refused -> null));
      if (end != PageClock.End.DONE) {
        assembly.ended(end);
        return false;
      }
      JsonNode answer = CdpSession.await(navigation, "Navigating to " + url, 1);
      return assembly.arrived(answer.path("errorText").asText(""));
    }

    /** Until the page has come to rest, before the choice and after it. */
    private void settle(LivePage live, PageClock clock) throws InterruptedException {
      PageClock.End end = clock.awaitLoad(seen.guard.loaded());
      if (end == PageClock.End.DONE) {
        scroll(live);
        end = rest(clock);
      }
      picture(live, clock, Screenshot.Moment.AFTER_LOAD);
      if (clock.alive() && visit.play.wanted()) {
        seen.cookies.beforeChoice(live);
        ConsentChoice choice = visit.play.choose(live, clock::leftMs, assembly.startedAt());
        assembly.chosen(choice);
        if (choice != null) {
          end = rest(clock);
          picture(live, clock, Screenshot.Moment.AFTER_CHOICE);
        }
      }
      assembly.ended(end);
    }

    private PageClock.End rest(PageClock clock) throws InterruptedException {
      PageClock.Settled settled = clock.awaitSettled(options.settleMs());
      assembly.firedLate(settled.late());
      return settled.end();
    }

    private void picture(LivePage live, PageClock clock, Screenshot.Moment moment) {
      if (!options.screenshots() || !clock.alive()) return;
      Duration since = Duration.between(assembly.startedAt(), means.clock().instant());
      seen.screenshots.takeTop(live, moment, since.toNanos() / 1e6);
    }

    /**
     * What only the page can tell. One whose script computes without end has it stopped first, so
     * that there is an answer at all.
     */
    private void ask(LivePage live, VisitTime time) {
      live.askUntil(time.ask().orIn(LONGEST_ASK_MS));
      if (!live.answers(SPIN_MS)) {
        assembly.spins();
        live.stopScripts();
      }
      seen.atEnd(live);
    }

    private void failed(CdpException e) throws InterruptedException {
      PageClock.End end = visit.brokenOff(e);
      if (end != PageClock.End.BROWSER_GONE)
        seen.problems.note(
            "browser",
            "navigate",
            "browser-error",
            "The browser broke the visit off (" + e.getMessage() + "). It will be replaced.");
      assembly.ended(end);
    }
  }

  /** Once to the bottom, for what loads when it comes into sight. */
  private static void scroll(LivePage live) {
    try {
      live.evaluate(
          "setTimeout(() => window.scrollTo(0, document.documentElement.scrollHeight), 250), 0");
    } catch (CdpException e) {
      LOG.debug("The page could not be scrolled; if it spins, its end will tell", e);
    }
  }
}
