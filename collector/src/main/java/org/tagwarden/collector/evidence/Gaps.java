package org.tagwarden.collector.evidence;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Gap}s between the runs of a period, which pass in the order they were due. */
final class Gaps {
  /** A run that begins later than this after its time was missed. */
  private static final Duration LATE = Duration.ofMinutes(5);

  private static final int MOST_REASONS = 3;

  private final LineSink sink;
  private Instant last;
  private int missed;
  private boolean late;
  private final Set<String> reasons = new LinkedHashSet<>();

  private Gaps(Instant begin, LineSink sink) {
    this.last = begin;
    this.sink = sink;
  }

  /** The source of the sheet. */
  static void lines(Snapshot snapshot, LineSink sink) throws IOException {
    PackScope scope = snapshot.scope();
    if (!scope.begin().isBefore(scope.end())) return;
    Gaps gaps = new Gaps(scope.begin(), sink);
    snapshot.each(RunQueries.RUNS, gaps::run);
    gaps.end(scope.end(), snapshot.one(RunQueries.OVERDUE).time("due_at"));
  }

  /** Whether a run counts: a confirmation looks again at one thing, Lighthouse at the speed. */
  static boolean counts(Line run) {
    return run.text("kind").equals("VISITS") && !run.text("cause").equals("CONFIRM");
  }

  static boolean good(Line run) {
    return run.text("result").startsWith("DONE");
  }

  private void run(Line run) throws IOException {
    if (!counts(run)) return;
    Instant finished = run.time("finished_at");
    if (!good(run) || finished == null) {
      missed++;
      because(run);
      return;
    }
    late |= isLate(run);
    close(finished);
  }

  private void because(Line run) {
    String problem = run.text("problem");
    if (problem.isEmpty()) problem = run.text("last_problem");
    if (problem.isEmpty() && run.text("result").equals("NO PAGE SEEN")) {
      problem = "It ran, but saw no page.";
    }
    if (problem.isEmpty()) problem = "It had not ended when this pack was made.";
    if (reasons.size() < MOST_REASONS) reasons.add(problem);
  }

  private static boolean isLate(Line run) {
    Instant due = run.time("due_at");
    Instant started = run.time("started_at");
    return run.text("cause").equals("CATCH_UP")
        && due != null
        && started != null
        && due.plus(LATE).isBefore(started);
  }

  private void end(Instant end, @Nullable Instant overdue) throws IOException {
    if (overdue != null) {
      missed++;
      if (reasons.size() < MOST_REASONS) {
        reasons.add("The run that was due at " + overdue + " had not begun.");
      }
    }
    close(end);
  }

  private void close(Instant until) throws IOException {
    if (until.isBefore(last)) return; // it ran beside another one
    Gap gap = new Gap(last, until, missed, late, List.copyOf(reasons));
    if (missed > 0 || late || gap.longerThanAWeek()) sink.take(gap.line());
    last = until;
    missed = 0;
    late = false;
    reasons.clear();
  }
}
