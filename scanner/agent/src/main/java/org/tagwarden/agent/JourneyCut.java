package org.tagwarden.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tagwarden.agent.crawl.PageUrl;
import org.tagwarden.agent.join.TrafficShares;
import org.tagwarden.agent.journey.StepPlayer;
import org.tagwarden.agent.observe.LivePage;
import org.tagwarden.agent.traffic.TrafficLog;
import org.tagwarden.report.ConsentChoice;
import org.tagwarden.report.Journey;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.JourneyRun.Result;
import org.tagwarden.report.JourneyStep;
import org.tagwarden.report.Screenshot;
import org.tagwarden.report.VisitOptions;

/** Writes down how the steps of a journey went and cuts its record into one visit per page. */
final class JourneyCut {
  private final Journey journey;
  private final VisitOptions options;
  private final Consumer<JourneyRun.StepRun> told;
  private @Nullable ConsentChoice choice;
  private long chosenAt = Long.MAX_VALUE;

  JourneyCut(Journey journey, VisitOptions options, Consumer<JourneyRun.StepRun> told) {
    this.journey = journey;
    this.told = told;
    this.options = options;
  }

  void done(JourneyPage page, int number, JourneyStep step, long start, long end) {
    note(page, number, step, Result.DONE, null, start, end);
  }

  void notReached(JourneyPage page, int number, JourneyStep step, long now) {
    note(page, number, step, Result.NOT_REACHED, null, now, now);
  }

  /** Returns the sentence for the visit's problem. */
  String failed(JourneyPage page, int number, JourneyStep step, long start, String reason) {
    note(page, number, step, Result.FAILED, reason, start, System.nanoTime());
    String sentence =
        "The journey \""
            + journey.name()
            + "\" ended at step "
            + number
            + " ("
            + step.sentence()
            + "): "
            + reason;
    page.seen.problems.note("journey", "step", "step-failed", sentence);
    return sentence;
  }

  /** The browser ended it: the step that was under way failed, the others were not reached. */
  String broken(JourneyPage page, long now, String reason) {
    int taken = page.steps.isEmpty() ? 0 : page.steps.get(page.steps.size() - 1).number();
    String sentence = reason;
    for (int i = taken; i < journey.steps().size(); i++) {
      JourneyStep step = journey.steps().get(i);
      if (i == taken) sentence = failed(page, i + 1, step, now, reason);
      else notReached(page, i + 1, step, now);
    }
    return sentence;
  }

  /** A picture of the page, without what was filled in from a secret; of the step if it failed. */
  void picture(JourneyPage page, LivePage live, StepPlayer player, Screenshot.Moment moment) {
    player.hideSecrets(true);
    Screenshot shot;
    try {
      shot = page.seen.screenshots.take(live, moment, page.offsetMs(System.nanoTime()));
    } finally {
      player.hideSecrets(false);
    }
    if (shot == null || moment != Screenshot.Moment.STEP_FAILED) return;
    JourneyRun.StepRun last = page.steps.remove(page.steps.size() - 1);
    page.steps.add(
        new JourneyRun.StepRun(
            last.number(),
            last.step(),
            last.result(),
            last.reason(),
            last.startMs(),
            last.durationMs(),
            shot.sha256()));
  }

  /** What passed the port, shared out among the pages. */
  List<TrafficLog> logs(TrafficLog traffic, List<JourneyPage> pages) {
    List<TrafficShares.Page> turns = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      JourneyPage page = pages.get(i);
      long left = i + 1 < pages.size() ? pages.get(i + 1).startNanos : page.leftNanos;
      turns.add(
          new TrafficShares.Page(
              page.seen.frames.mainUrl(),
              page.startNanos,
              page.shownNanos,
              left,
              page.seen.requests.all()));
    }
    return TrafficShares.of(traffic, turns);
  }

  /** How the banner was answered on this page; pages after it are after the choice. */
  void chosen(JourneyPage page, @Nullable ConsentChoice made) {
    choice = made;
    chosenAt = made == null ? Long.MAX_VALUE : page.startNanos;
  }

  private @Nullable ConsentChoice choiceOn(JourneyPage page) {
    if (choice == null || page.startNanos < chosenAt) return null;
    if (page.startNanos == chosenAt) return choice;
    return new ConsentChoice(choice.platform(), choice.method(), 0);
  }

  VisitResult visit(JourneyPage page, int number, TrafficLog log, long endNanos) {
    VisitAssembly assembly = new VisitAssembly(name(page, number), options, page.seen);
    assembly.begin(page.startedAt, page.startNanos, log);
    if (page.end != null) assembly.ended(page.end);
    page.late.forEach(assembly::firedLate);
    assembly.chosen(choiceOn(page));
    assembly.journey(new JourneyRun(journey.name(), number, page.paymentPage, page.steps));
    return assembly.finish(endNanos).result();
  }

  /**
   * The address by which this page is known from scan to scan: of the first, as it was opened; of
   * those that the steps lead to, without the query, which carries carts and orders.
   */
  private String name(JourneyPage page, int number) {
    String shown = page.seen.frames.mainUrl();
    boolean opened =
        journey.steps().stream()
            .anyMatch(
                s -> s.action() == JourneyStep.Action.OPEN && sameAddress(s.value(), page.url));
    if (number == 1 || opened) return page.url.isEmpty() ? firstPage(journey) : page.url;
    String url = shown.startsWith("http") ? shown : page.url;
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  /** Where a journey begins. */
  static String firstPage(Journey journey) {
    for (JourneyStep step : journey.steps())
      if (step.action() == JourneyStep.Action.OPEN && step.value() != null) return step.value();
    return "about:blank";
  }

  private static boolean sameAddress(@Nullable String one, String other) {
    return PageUrl.read(one).equals(PageUrl.read(other));
  }

  private void note(
      JourneyPage page,
      int number,
      JourneyStep step,
      Result result,
      @Nullable String reason,
      long start,
      long end) {
    JourneyRun.StepRun run =
        new JourneyRun.StepRun(
            number,
            step.sentence(),
            result,
            reason,
            page.offsetMs(start),
            Math.max(0, Math.round((end - start) / 1e5) / 10.0),
            null);
    page.steps.add(run);
    told.accept(run);
  }
}
