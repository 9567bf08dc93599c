package org.tagwarden.agent;

import java.net.URI;
import java.time.Clock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.browser.Browser;
import org.tagwarden.agent.browser.BrowserContext;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.Deadline;
import org.tagwarden.agent.browser.TargetListener;
import org.tagwarden.agent.consent.ConsentPlay;
import org.tagwarden.agent.observe.KnownSources;
import org.tagwarden.agent.observe.Observers;
import org.tagwarden.agent.observe.Problems;
import org.tagwarden.agent.traffic.TrafficPort;
import org.tagwarden.agent.traffic.TrafficProxy;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.VisitOptions;

/**
 * One visit under way, of a page or of a journey: the browser it has leased, who visits, what lets
 * the visitor in, which choice is made and what is seen. Used by one thread.
 */
final class VisitRun {
  private static final Logger LOG = LoggerFactory.getLogger(VisitRun.class);

  /** What visits are made with; shared by all. */
  record Means(
      BrowserKeeper browsers, TrafficProxy proxy, Gate gate, KnownSources sources, Clock clock) {}

  /** What is done in the visit's tab while it is open. */
  interface Stay {
    void in(Browser.OpenPage open) throws InterruptedException;
  }

  /** The observers of its first page; of its only one, unless it is a journey's. */
  final Observers seen;

  final ConsentPlay play;
  final VisitOptions options;
  private final String url;
  private final Means means;
  private final Browser browser;
  private final VisitorLooks looks;
  private final Admission admission;
  private final SignedIn signedIn;

  /** A visit that begins with this page; notes a problem when it cannot be let in. */
  VisitRun(String url, VisitOptions options, SignedIn signedIn, Browser browser, Means means) {
    this.url = url;
    this.options = options;
    this.signedIn = signedIn;
    this.browser = browser;
    this.means = means;
    this.seen = new Observers(means.sources(), options.consent() == ConsentState.GPC);
    this.play = ConsentPlay.of(options, seen, means.gate()::secret);
    play.observers().forEach(seen::add);
    this.looks = new VisitorLooks(options, browser.version(), seen.problems);
    seen.add(looks);
    this.admission = means.gate().admit(url, options, seen.problems);
  }

  /** Whether the visit can be made; the reason why not is the problem that was noted last. */
  boolean admitted() {
    return admission.granted();
  }

  /** The proxy's port for this visit alone. */
  TrafficPort openPort() {
    return means.proxy().open(admission.rules(looks), URI.create(url));
  }

  /**
   * Opens the visit's tab in a context of its own, with the cookies and the storage that it starts
   * with, and closes it after the stay.
   *
   * @param listener whom the browser tells what happens there
   * @param leaving where it is noted when the tab does not close; asked for then
   */
  void inTab(TrafficPort port, TargetListener listener, Supplier<Problems> leaving, Stay stay)
      throws InterruptedException {
    Browser.OpenPage open =
        browser.open(port.port(), options.device().width(), options.device().height(), listener);
    try {
      bring(open);
      stay.in(open);
    } finally {
      dispose(open, leaving.get());
    }
  }

  /** What the visit brings along to be let in; none of its pages has set it. */
  private void bring(Browser.OpenPage open) {
    admission.bringCookies(open.context());
    signedIn.bringTo(open.context(), open.page(), seen);
    if (admission.bringsCookies() || signedIn.bringsCookies()) seen.cookies.startIn(open.context());
  }

  /** The clock of a page of this visit. */
  static PageClock clock(
      TrafficPort port, Observers page, BrowserContext context, Deadline deadline) {
    return new PageClock(port.log(), page.guard.crashed(), context.browserGone(), deadline.nanos());
  }

  /** Whether the browser still runs and answers. */
  boolean browserAlive() {
    return browser.alive();
  }

  /**
   * The browser broke the visit off and will be replaced. Returns how the page ended. Being stopped
   * is no problem of the page: there is no result to hand over, hence the exception.
   */
  PageClock.End brokenOff(CdpException e) throws InterruptedException {
    if (Thread.interrupted()) throw new InterruptedException("The scan is being stopped");
    LOG.debug("The visit of {} broke off", url, e);
    boolean alive = browser.alive();
    browser.misbehaved();
    return alive ? PageClock.End.NEVER_LOADED : PageClock.End.BROWSER_GONE;
  }

  private void dispose(Browser.OpenPage open, Problems problems) {
    try {
      open.context().close();
    } catch (CdpException e) {
      browser.misbehaved();
      if (!open.context().browserGone().isDone())
        problems.note(
            "browser",
            "leave",
            "context-stuck",
            "The page did not go when it was closed ("
                + e.getMessage()
                + "); the browser will be replaced.");
    }
  }
}
