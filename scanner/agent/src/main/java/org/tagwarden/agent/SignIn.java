package org.tagwarden.agent;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.Journey;
import org.tagwarden.report.JourneyRun;
import org.tagwarden.report.JourneyStep;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.VisitOptions;
import org.tagwarden.report.VisitOutcome;

/**
 * How a scan's sign-in went. When it failed, nothing is visited: a page that a stranger sees would
 * be judged as if a member had seen it.
 *
 * @param failure why it failed, in one sentence; null when it did not
 * @param state what the visits after it share
 */
record SignIn(@Nullable String failure, SignedIn state) {
  /** None was asked for. */
  static final SignIn NONE = new SignIn(null, SignedIn.NOBODY);

  static SignIn of(JourneyVisitor.Taken taken) {
    return new SignIn(taken.failure(), taken.state());
  }

  boolean failed() {
    return failure != null;
  }

  /** What is reported of a page that was not visited. */
  VisitAssembly.Visited instead(String url, VisitOptions options, Instant now) {
    return new VisitAssembly.Visited(failed(url, options, now, null), List.of());
  }

  /** What is reported of a journey that was not taken. */
  VisitResult instead(Journey journey, VisitOptions options, Instant now) {
    List<JourneyStep> steps = journey.steps();
    List<JourneyRun.StepRun> runs =
        IntStream.range(0, steps.size())
            .mapToObj(
                i ->
                    new JourneyRun.StepRun(
                        i + 1,
                        steps.get(i).sentence(),
                        JourneyRun.Result.NOT_REACHED,
                        null,
                        0,
                        0,
                        null))
            .toList();
    return failed(
        JourneyCut.firstPage(journey),
        options,
        now,
        new JourneyRun(journey.name(), 1, false, runs));
  }

  private VisitResult failed(
      String url, VisitOptions options, Instant now, @Nullable JourneyRun journey) {
    Problem problem =
        new Problem(
            "journey",
            "sign-in",
            "sign-in-failed",
            "Not visited, because nobody was signed in. "
                + failure
                + " Mend the sign-in and try it with: tagwarden journey try.",
            null);
    PageVisit visit =
        new PageVisit(
            UUID.randomUUID(),
            url,
            url,
            null,
            now,
            0,
            VisitOutcome.FAILED,
            options.consent(),
            options.device(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            null,
            List.of(problem),
            List.of(),
            List.of(),
            List.of(),
            null,
            journey);
    return new VisitResult(visit, Map.of(), Map.of());
  }
}
