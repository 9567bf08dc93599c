package org.tagwarden.agent;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.agent.browser.Browser;
import org.tagwarden.agent.browser.BrowserContext;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.Deadline;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.consent.ConsentPlay;
import org.tagwarden.agent.crawl.PageUrl;
import org.tagwarden.agent.journey.StepFailedException;
import org.tagwarden.agent.journey.StepPlayer;
import org.tagwarden.agent.observe.KnownSources;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.agent.observe.Observers;
import org.tagwarden.agent.secrets.MissingSecretException;
import org.tagwarden.agent.traffic.TrafficLog;
import org.tagwarden.agent.traffic.TrafficPort;
import org.tagwarden.agent.traffic.TrafficProxy;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.ConsentState;
import org.tagwarden.report.Journey;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.JourneyStep;
import org.tagwarden.report.JourneyStep.Action;
import org.tagwarden.report.Screenshot;
import org.tagwarden.report.VisitOptions;

/**
 * How a journey is taken: one context and one port, step by step; each page settles before a step
 * may leave it, and is asked what it holds; at the end the record is cut into one visit per page.
 */
final class JourneyVisitor {
  private static final Logger LOG = LoggerFactory.getLogger(JourneyVisitor.class);
  private static final Set<Action> MAY_LEAVE =
      Set.of(Action.OPEN, Action.CLICK, Action.SELECT, Action.PRESS);
  private static final long REACTION_MS = 150;
  private static final long LONGEST_REACTION_MS = 3_000;
  private static final long LEAVE_MS = 3_000;
  private static final long TICK_MS = 25;

  private final BrowserKeeper browsers;
  private final TrafficProxy proxy;
  private final Gate gate;
  private final KnownSources knownSources;
  private final Clock clock;

  JourneyVisitor(
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
   * A journey that was taken.
   *
   * @param results one per page, in their order
   * @param failure the sentence of the step that failed; null when all were done
   * @param state what the browser held at the end; as before when a step failed
   */
  record Taken(List<VisitResult> results, @Nullable String failure, SignedIn state) {}

  /** Takes a journey; always returns, unless the scanner itself is unfit or interrupted. */
  Taken take(
      Journey journey, VisitOptions options, SignedIn signedIn, Consumer<JourneyRun.StepRun> told)
      throws InterruptedException {
    try (BrowserKeeper.Lease lease = browsers.lease()) {
      Run run;
      Observers first = new Observers(knownSources, options.consent() == ConsentState.GPC);
      VisitorLooks looks = new VisitorLooks(options, lease.browser().version(), first.problems);
      first.add(looks);
      URI start = start(journey);
      Admission admission = gate.admit(start.toString(), options, first.problems);
      try (TrafficPort port = proxy.open(admission.rules(looks), start)) {
        ConsentPlay play = ConsentPlay.of(options, first, gate::secret);
        play.observers().forEach(first::add);
        JourneyTab tab = new JourneyTab(first, clock.instant(), System.nanoTime());
        run = new Run(journey, options, lease.browser(), port, tab, play, signedIn, told);
        if (admission.granted()) run.go(admission);
        else run.refused(first);
      }
      // Only now: nothing passes a closed port, so that nothing passes it unrecorded.
      return run.taken();
    }
  }

  /** Where it begins: what it opens first. */
  private static URI start(Journey journey) {
    String first = PageUrl.read(JourneyCut.firstPage(journey)).orElse("about:blank");
    return URI.create(first);
  }

  /** One journey under way. Used by one thread. */
  private final class Run {
    private final Journey journey;
    private final VisitOptions options;
    private final Browser browser;
    private final TrafficPort port;
    private final JourneyTab tab;
    private final ConsentPlay play;
    private final JourneyCut cut;
    private SignedIn state;
    private @Nullable LivePage live;
    private @Nullable JourneyPage livePage;
    private @Nullable PageClock pageClock;
    private @Nullable String failure;
    private boolean asked;
    private Screenshot.Moment moment = Screenshot.Moment.AFTER_LOAD;

    Run(
        Journey journey,
        VisitOptions options,
        Browser browser,
        TrafficPort port,
        JourneyTab tab,
        ConsentPlay play,
        SignedIn signedIn,
        Consumer<JourneyRun.StepRun> told) {
      this.journey = journey;
      this.options = options;
      this.browser = browser;
      this.port = port;
      this.tab = tab;
      this.play = play;
      this.cut = new JourneyCut(journey, options, told);
      this.state = signedIn;
    }

    /** The reason is the problem that was noted last. */
    void refused(Observers first) {
      String reason = first.problems.all().get(first.problems.all().size() - 1).message();
      failure = cut.broken(tab.current(), System.nanoTime(), reason);
    }

    void go(Admission admission) throws InterruptedException {
      try {
        Browser.OpenPage open =
            browser.open(port.port(), options.device().width(), options.device().height(), tab);
        try {
          PageVisitor.bring(open, admission, state, tab.current().seen);
          inTab(open.context(), open.page());
        } finally {
          PageVisitor.dispose(open, browser, tab.current().seen);
        }
      } catch (CdpException e) {
        if (Thread.interrupted()) throw new InterruptedException("The scan is being stopped");
        broken(e);
      }
    }

    private void inTab(BrowserContext context, Target page) throws InterruptedException {
      StepPlayer player =
          new StepPlayer(() -> look(context, page), gate::secret, options.device().mobile());
      List<JourneyStep> steps = journey.steps();
      for (int i = 0; i < steps.size(); i++) {
        if (failure == null) take(i + 1, steps.get(i), player, context, page);
        else cut.notReached(tab.current(), i + 1, steps.get(i), System.nanoTime());
      }
      LivePage last = look(context, page);
      PageClock clock = clockOf(last);
      if (!tab.current().opened || !clock.alive()) return;
      settle(clock, last, player);
      tab.current().seen.atEnd(last);
      if (failure == null) state = SignedIn.of(last);
      tab.current().leftNanos = System.nanoTime();
      new Farewell(last, clock, Deadline.in(LEAVE_MS), tab.current().seen).say();
    }

    /** The page as it is now: after a cut another one, with a clock of its own. */
    private LivePage look(BrowserContext context, Target page) {
      JourneyPage now = tab.current();
      LivePage known = live;
      if (known != null && now == livePage) return known;
      LivePage fresh = new LivePage(context, page, now.seen.frames);
      live = fresh;
      livePage = now;
      pageClock =
          new PageClock(
              port.log(),
              now.seen.problems,
              now.seen.guard.crashed(),
              context.browserGone(),
              VisitTime.of(options.timeoutMs()).load().nanos());
      return fresh;
    }

    private PageClock clockOf(LivePage shown) {
      PageClock clock = pageClock;
      if (clock == null || shown != live) throw new IllegalStateException("A page without a clock");
      return clock;
    }

    private void take(
        int number, JourneyStep step, StepPlayer player, BrowserContext context, Target page)
        throws InterruptedException {
      LivePage shown = look(context, page);
      JourneyPage on = tab.current();
      PageClock clock = clockOf(shown);
      if (on.opened && MAY_LEAVE.contains(step.action())) {
        settle(clock, shown, player);
        on.seen.atEnd(shown);
      }
      JourneyPage at = tab.current(); // it may have gone on by itself
      long start = System.nanoTime();
      try {
        if (!clock.alive()) throw new StepFailedException("The page had crashed.");
        player.play(step, clockOf(look(context, page)).leftMs());
        if (step.action() == Action.MARK_PAYMENT_PAGE) tab.current().paymentPage = true;
        if (MAY_LEAVE.contains(step.action())) arrive(context, page, player);
        JourneyPage place = step.action() == Action.OPEN ? tab.current() : at;
        cut.done(place, number, step, start, System.nanoTime());
      } catch (StepFailedException | MissingSecretException e) {
        String reason = gate.masked(String.valueOf(e.getMessage()));
        failure = cut.failed(tab.current(), number, step, start, reason);
        cut.picture(tab.current(), look(context, page), player, Screenshot.Moment.STEP_FAILED);
      }
    }

    /** Waits for what a step has set off: requests, or another page until it has loaded. */
    private void arrive(BrowserContext context, Target page, StepPlayer player)
        throws InterruptedException {
      PageClock clock = clockOf(look(context, page));
      clock.awaitQuiet(REACTION_MS, LONGEST_REACTION_MS);
      while (tab.navigating() && clock.leftMs() > 0 && clock.alive()) Thread.sleep(TICK_MS);
      clock = clockOf(look(context, page));
      JourneyPage now = tab.current();
      if (!now.opened) return;
      PageClock.End end = clock.awaitLoad(now.seen.guard.loaded());
      if (end != PageClock.End.DONE && now.end == null) now.end = end;
      if (end == PageClock.End.DONE) choose(look(context, page), clock, player);
    }

    /** The banner is answered where it is met first, before the next step. */
    private void choose(LivePage shown, PageClock clock, StepPlayer player)
        throws InterruptedException {
      if (asked || !play.wanted()) return;
      asked = true;
      settle(clock, shown, player);
      JourneyPage on = tab.current();
      on.seen.cookies.beforeChoice(shown);
      ConsentChoice made = play.choose(shown, clock::leftMs, on.startedAt);
      cut.chosen(on, made);
      if (made == null) return;
      moment = Screenshot.Moment.AFTER_CHOICE;
      on.settled = false;
    }

    /** Once per page: what its tags send late is sent before it is left. */
    private void settle(PageClock clock, LivePage shown, StepPlayer player)
        throws InterruptedException {
      JourneyPage now = tab.current();
      if (now.settled) return;
      PageClock.End end = clock.awaitSettled(options.settleMs());
      boolean picture = options.screenshots() && clock.alive() && now == livePage;
      if (picture) cut.picture(now, shown, player, moment);
      now.settled = true;
      now.end = end;
    }

    private void broken(CdpException e) {
      LOG.debug("The journey broke off", e);
      boolean alive = browser.alive();
      browser.misbehaved();
      JourneyPage on = tab.current();
      on.end = alive ? PageClock.End.NEVER_LOADED : PageClock.End.BROWSER_GONE;
      if (failure == null)
        failure = cut.broken(on, System.nanoTime(), "The browser broke the journey off.");
    }

    Taken taken() {
      List<VisitResult> results = new ArrayList<>();
      List<JourneyPage> pages = tab.pages();
      List<TrafficLog> logs = cut.logs(port.log(), pages);
      long now = System.nanoTime();
      for (int i = 0; i < pages.size(); i++) {
        long end = i + 1 < pages.size() ? pages.get(i + 1).startNanos : now;
        results.add(gate.redacted(cut.visit(pages.get(i), i + 1, logs.get(i), end)));
      }
      String reason = failure == null ? null : gate.masked(failure);
      return new Taken(List.copyOf(results), reason, state);
    }
  }
}
