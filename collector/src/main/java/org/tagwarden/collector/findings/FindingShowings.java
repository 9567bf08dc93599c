package org.tagwarden.collector.findings;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Rule;
import org.tagwarden.collector.findings.Showing.Absence;

/**
 * What a visit's silence says about open findings. Pure but for {@link #note}.
 *
 * @param uncertain findings that the visit does not show and that may show again
 * @param expected resolved findings that show again as they are known to
 */
record FindingShowings(Set<Integer> uncertain, Set<Integer> expected) {
  static final FindingShowings NONE = new FindingShowings(Set.of(), Set.of());
  private static final String WHAT = "FINDING";

  FindingShowings {
    uncertain = Set.copyOf(uncertain);
    expected = Set.copyOf(expected);
  }

  /** Counts the visit and answers what it leaves open. */
  static Future<FindingShowings> note(
      SqlConnection tx, List<KnownFinding> known, Judgement judgement) {
    Watch watch = judgement.watch();
    if (watch == null || known.isEmpty()) return Future.succeededFuture(NONE);
    return ShowingQueries.read(tx, watch.id(), WHAT)
        .compose(
            before -> {
              Map<Integer, Showing> changed = new HashMap<>();
              FindingShowings answer = of(known, judgement, watch, before, changed);
              return ShowingQueries.put(tx, watch.id(), WHAT, changed).map(answer);
            });
  }

  static FindingShowings of(
      List<KnownFinding> known,
      Judgement judgement,
      Watch watch,
      Map<Integer, Showing> before,
      Map<Integer, Showing> changed) {
    Set<String> failing = new HashSet<>();
    for (CheckResult result : judgement.examination().results()) {
      failing.add(FindingDiff.key(result.check().id(), result.failure().subject()));
    }
    Set<String> examined = new HashSet<>();
    for (Rule rule : judgement.examination().examined()) examined.add(rule.id());

    Set<Integer> uncertain = new HashSet<>();
    Set<Integer> expected = new HashSet<>();
    for (KnownFinding finding : known) {
      Showing showing = before.get(finding.id());
      if (failing.contains(FindingDiff.key(finding.checkId(), finding.subject()))) {
        Showing now = showing == null ? Showing.first(watch.visit()) : showing.shown(watch.visit());
        if (!now.equals(showing)) changed.put(finding.id(), now);
        boolean usual = showing != null && showing.expectedBack(watch.visit());
        if (!finding.open() && usual) expected.add(finding.id());
      } else if (finding.open()
          && finding.states().contains(judgement.stateId())
          && judgement.mayResolve()
          && examined.contains(finding.checkId())) {
        boolean seen = !finding.ofTag() || watch.subjects().contains(finding.subject());
        // Opened by a visit before this one, which did not write it down: it showed once.
        Showing then = showing == null ? Showing.first(Math.max(1, watch.visit() - 1)) : showing;
        Showing now = then.missing(watch.visit(), seen ? Absence.SEEN : Absence.GUESSED);
        if (!now.equals(showing)) changed.put(finding.id(), now);
        if (!now.gone()) uncertain.add(finding.id());
      }
    }
    return new FindingShowings(uncertain, expected);
  }
}
