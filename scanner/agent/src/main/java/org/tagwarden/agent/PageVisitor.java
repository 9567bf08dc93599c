package org.tagwarden.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.browser.Browser;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.CdpSession;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.consent.ConsentPlay;
import org.tagwarden.agent.observe.KnownSources;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.agent.observe.Observers;
import org.tagwarden.agent.traffic.TrafficPort;
import org.tagwarden.agent.traffic.TrafficProxy;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.DeviceProfile;
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

  private final BrowserKeeper browsers;
  private final TrafficProxy proxy;
  private final Gate gate;
  private final Clock clock;
  private final KnownSources knownSources;

  PageVisitor(
      BrowserKeeper browsers,
      TrafficProxy proxy,
      Gate gate,
      KnownSources knownSources,
      Clock clock) {
    this.browsers = browsers;
    this.proxy = proxy;
    this.gate = gate;
    this.knownSources = knownSources;
    this.clock = clock;
  }

  /**
   * Visits a page; always returns a result, unless the scanner itself is unfit or interrupted. When
   * the browser goes under, which another page or somebody else may have done, the page is visited
   * once more, in a browser of its own.
   */
  VisitAssembly.Visited visit(String url, VisitOptions options, SignedIn signedIn)
      throws InterruptedException {
    VisitAssembly.Visited visited = visit(url, options, signedIn, browsers.lease(), false);
    if (!lostBrowser(visited)) return visited;
    LOG.info("The browser ended while it was on {}: visiting it again in one of its own", url);
    return visit(url, options, signedIn, browsers.leaseAlone(), true);
  }

  private static boolean lostBrowser(VisitAssembly.Visited visited) {
    return visited.result().visit().problems().stream()
        .anyMatch(p -> p.code().equals("browser-crashed") || p.code().equals("browser-error"));
  }

  private VisitAssembly.Visited visit(
      String url,
      VisitOptions options,
      SignedIn signedIn,
      BrowserKeeper.Lease browserLease,
      boolean again)
      throws InterruptedException {
    try (browserLease) {
      Observers seen = new Observers(knownSources, options.consent() == ConsentState.GPC);
      VisitAssembly assembly = new VisitAssembly(url, options, seen);
      ConsentPlay play = ConsentPlay.of(options, seen, gate::secret);
      play.observers().forEach(seen::add);
      Browser browser = browserLease.browser();
      VisitorLooks looks = new VisitorLooks(options, browser.version(), seen.problems);
      seen.add(looks);
      Admission admission = gate.admit(url, options, seen.problems);
      if (again) noteSecondTry(url, seen);
      try (TrafficPort port = proxy.open(admission.rules(looks), URI.create(url))) {
        assembly.begin(clock.instant(), System.nanoTime(), port.log());
        if (admission.granted())
          inContext(browser, port, url, options, admission, signedIn, seen, play, assembly);
        if (!browser.alive()) assembly.browserGone();
      } catch (CdpException e) {
        // Being stopped is no problem of the page: there is no result to hand over.
        if (Thread.interrupted()) throw new InterruptedException("The scan is being stopped");
        failed(e, browser, seen, assembly);
      }
      // Only now: nothing passes a closed port, so that nothing passes it unrecorded.
      return gate.redacted(assembly.finish(System.nanoTime()));
    }
  }

  private static void noteSecondTry(String url, Observers seen) {
    seen.problems.note(
        "browser",
        "load",
        "visited-again",
        "The browser ended during the first visit of "
            + url
            + ", so that the page was asked for twice. This is the second visit, in a browser of"
            + " its own.");
  }

  private void inContext(
      Browser browser,
      TrafficPort port,
      String url,
      VisitOptions options,
      Admission admission,
      SignedIn signedIn,
      Observers seen,
      ConsentPlay play,
      VisitAssembly assembly)
      throws InterruptedException {
    DeviceProfile device = options.device();
    VisitTime time = VisitTime.of(options.timeoutMs());
    Browser.OpenPage open = browser.open(port.port(), device.width(), device.height(), seen);
    try {
      Target page = open.page();
      bring(open, admission, signedIn, seen);
      Instant start = clock.instant();
      assembly.begin(start, System.nanoTime(), port.log());
      PageClock pageClock =
          new PageClock(
              port.log(),
              seen.problems,
              seen.guard.crashed(),
              open.context().browserGone(),
              time.load().nanos());
      LivePage live = new LivePage(open.context(), page, seen.frames);
      if (navigate(page, url, pageClock, assembly)) {
        stay(live, options, pageClock, seen, play, assembly);
        if (pageClock.alive()) ask(live, time, seen, assembly);
      }
      if (pageClock.alive()) new Farewell(live, pageClock, time.end(), seen).say();
    } finally {
      dispose(open, browser, seen);
    }
  }

  /** Returns whether there is a document to stay on. */
  private boolean navigate(Target page, String url, PageClock pageClock, VisitAssembly assembly)
      throws InterruptedException {
    CompletableFuture<JsonNode> navigation =
        page.session().send("Page.navigate", Map.of("url", url));
    CompletableFuture<Void> arrived = navigation.thenAccept(answer -> {});
    PageClock.End end = pageClock.awaitLoad(arrived.exceptionally(refused -> null));
    if (end != PageClock.End.DONE) {
      assembly.ended(end);
      return false;
    }
    JsonNode answer = CdpSession.await(navigation, "Navigating to " + url, 1);
    return assembly.arrived(answer.path("errorText").asText(""));
  }

  private void stay(
      LivePage live,
      VisitOptions options,
      PageClock pageClock,
      Observers seen,
      ConsentPlay play,
      VisitAssembly assembly)
      throws InterruptedException {
    PageClock.End end = pageClock.awaitLoad(seen.guard.loaded());
    if (end == PageClock.End.DONE) {
      scroll(live);
      end = pageClock.awaitSettled(options.settleMs());
    }
    picture(live, options, pageClock, seen, Screenshot.Moment.AFTER_LOAD, assembly);
    if (pageClock.alive() && play.wanted()) {
      seen.cookies.beforeChoice(live);
      ConsentChoice choice = play.choose(live, pageClock::leftMs, assembly.startedAt());
      assembly.chosen(choice);
      if (choice != null) {
        end = pageClock.awaitSettled(options.settleMs());
        picture(live, options, pageClock, seen, Screenshot.Moment.AFTER_CHOICE, assembly);
      }
    }
    assembly.ended(end);
  }

  private void picture(
      LivePage live,
      VisitOptions options,
      PageClock pageClock,
      Observers seen,
      Screenshot.Moment moment,
      VisitAssembly assembly) {
    if (!options.screenshots() || !pageClock.alive()) return;
    double at = Duration.between(assembly.startedAt(), clock.instant()).toNanos() / 1e6;
    seen.screenshots.takeTop(live, moment, at);
  }

  /**
   * What only the page can tell. One whose script computes without end has it stopped first, so
   * that there is an answer at all.
   */
  private static void ask(LivePage live, VisitTime time, Observers seen, VisitAssembly assembly) {
    live.askUntil(time.ask().orIn(LONGEST_ASK_MS));
    if (!live.answers(SPIN_MS)) {
      assembly.spins();
      live.stopScripts();
    }
    seen.atEnd(live);
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

  /** What a visit brings along to be let in; none of its pages has set it. */
  static void bring(Browser.OpenPage open, Admission admission, SignedIn signedIn, Observers seen) {
    admission.bringCookies(open.context());
    signedIn.bringTo(open.context(), open.page(), seen);
    if (admission.bringsCookies() || signedIn.bringsCookies()) seen.cookies.startIn(open.context());
  }

  static void dispose(Browser.OpenPage open, Browser browser, Observers seen) {
    try {
      open.context().close();
    } catch (CdpException e) {
      browser.misbehaved();
      if (!open.context().browserGone().isDone())
        seen.problems.note(
            "browser",
            "leave",
            "context-stuck",
            "The page did not go when it was closed ("
                + e.getMessage()
                + "); the browser will be replaced.");
    }
  }

  private static void failed(
      CdpException e, Browser browser, Observers seen, VisitAssembly assembly) {
    boolean alive = browser.alive();
    browser.misbehaved();
    LOG.debug("The visit broke off", e);
    if (alive)
      seen.problems.note(
          "browser",
          "navigate",
          "browser-error",
          "The browser broke the visit off (" + e.getMessage() + "). It will be replaced.");
    assembly.ended(alive ? PageClock.End.NEVER_LOADED : PageClock.End.BROWSER_GONE);
  }
}
