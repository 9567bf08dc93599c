package org.tagwarden.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.browser.BrowserContext;
import org.tagwarden.agent.browser.CdpException;
import org.tagwarden.agent.browser.Deadline;
import org.tagwarden.agent.browser.Target;
import org.tagwarden.agent.crawl.PageUrl;
import org.tagwarden.agent.journey.StepFailedException;
import org.tagwarden.agent.journey.StepPlayer;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.agent.secrets.MissingSecretException;
import org.tagwarden.agent.traffic.TrafficLog;
import org.tagwarden.agent.traffic.TrafficPort;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.Journey;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.JourneyStep;
import org.tagwarden.report.JourneyStep.Action;
import org.tagwarden.report.Problem;
import org.tagwarden.report.Screenshot;
import org.tagwarden.report.VisitOptions;

/**
 * How a journey is taken: one context and one port, step by step; each page settles before a step
 * may leave it, and is asked what it holds; at the end the record is cut into one visit per page.
 */
final class JourneyVisitor {
  private static final Set<Action> MAY_LEAVE =
      Set.of(Action.OPEN, Action.CLICK, Action.SELECT, Action.PRESS);
  private static final long REACTION_MS = 150;
  private static final long LONGEST_REACTION_MS = 3_000;
  private static final long LEAVE_MS = 3_000;
  private static final long TICK_MS = 25;

  private final VisitRun.Means means;

  JourneyVisitor(VisitRun.Means means) {
    this.means = means;
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
    try (BrowserKeeper.Lease lease = means.browsers().lease()) {
      VisitRun visit = new VisitRun(start(journey), options, signedIn, lease.browser(), means);
      Run run;
      try (TrafficPort port = visit.openPort()) {
        run = new Run(journey, visit, port, signedIn, told);
        if (visit.admitted()) run.go();
        else run.refused();
      }
      // Only now: nothing passes a closed port, so that nothing passes it unrecorded.
      return run.taken();
    }
  }

  /** Where it begins: what it opens first. */
  private static String start(Journey journey) {
    return PageUrl.read(JourneyCut.firstPage(journey)).orElse("about:blank");
  }

  /** One journey under way. Used by one thread. */
  private final class Run {
    private final Journey journey;
    private final VisitRun visit;
    private final VisitOptions options;
    private final TrafficPort port;
    private final JourneyTab tab;
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
        VisitRun visit,
        TrafficPort port,
        SignedIn signedIn,
        Consumer<JourneyRun.StepRun> told) {
      this.journey = journey;
      this.visit = visit;
      this.options = visit.options;
      this.port = port;
      this.tab = new JourneyTab(visit.seen, means.clock().instant(), System.nanoTime());
      this.cut = new JourneyCut(journey, options, told);
      this.state = signedIn;
    }

    /** The reason is the problem that was noted last. */
    void refused() {
      List<Problem> noted = visit.seen.problems.all();
      String reason = noted.get(noted.size() - 1).message();
      failure = cut.broken(tab.current(), System.nanoTime(), reason);
    }

    void go() throws InterruptedException {
      try {
        visit.inTab(
            port,
            tab,
            () -> tab.current().seen.problems,
            open -> inTab(open.context(), open.page()));
      } catch (CdpException e) {
        broken(e);
      }
    }

    private void inTab(BrowserContext context, Target page) throws InterruptedException {
      StepPlayer player =
          new StepPlayer(
              () -> look(context, page), means.gate()::secret, options.device().mobile());
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
      new Farewell(last, clock, Deadline.in(LEAVE_MS), tab.current().seen).say(() -> {});
    }

    /** The page as it is now: after a cut another one, with a clock of its own. */
    private LivePage look(BrowserContext context, Target page) {
      JourneyPage now = tab.current();
      LivePage known = live;
      if (known != null && now == livePage) return known;
      LivePage fresh = new LivePage(context, page, now.seen.frames);
      live = fresh;
      livePage = now;
      pageClock = VisitRun.clock(port, now.seen, context, VisitTime.of(options.timeoutMs()).load());
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
        String reason = means.gate().masked(String.valueOf(e.getMessage()));
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
      if (asked || !visit.play.wanted()) return;
      asked = true;
      settle(clock, shown, player);
      JourneyPage on = tab.current();
      on.seen.cookies.beforeChoice(shown);
      ConsentChoice made = visit.play.choose(shown, clock::leftMs, on.startedAt);
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
      PageClock.Settled settled = clock.awaitSettled(options.settleMs());
      if (settled.late() != null) now.late.add(settled.late());
      boolean picture = options.screenshots() && clock.alive() && now == livePage;
      if (picture) cut.picture(now, shown, player, moment);
      now.settled = true;
      now.end = settled.end();
    }

    private void broken(CdpException e) throws InterruptedException {
      JourneyPage on = tab.current();
      on.end = visit.brokenOff(e);
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
        results.add(means.gate().redacted(cut.visit(pages.get(i), i + 1, logs.get(i), end)));
      }
      String reason = failure == null ? null : means.gate().masked(failure);
      return new Taken(List.copyOf(results), reason, state);
    }
  }
}
