package org.tagwarden.collector.findings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Rule;
import org.tagwarden.collector.checks.Severity;

/**
 * What one judged visit changes in the ledger. Pure. While a finding is open its severity only
 * rises: pages that disagree about it would otherwise make it worsen again with every scan.
 *
 * @param opened failures that the site never had before
 * @param seen known findings that this visit shows
 * @param gone open findings that the page, seen in this way, does not show any more
 */
record FindingDiff(List<CheckResult> opened, List<Seen> seen, List<Gone> gone) {
  /** Visits of one scan follow each other more closely. */
  private static final Duration BETWEEN_SCANS = Duration.ofMinutes(10);

  /**
   * @param newest whether this visit's words and evidence stand: no later one has seen it, and none
   *     of the same scan that showed something graver
   */
  record Seen(
      KnownFinding finding,
      CheckResult result,
      Severity severity,
      @Nullable ChangeKind change,
      boolean newest) {}

  /**
   * @param resolved whether it was the finding's last state of a page
   */
  record Gone(KnownFinding finding, boolean resolved) {}

  static FindingDiff of(List<KnownFinding> known, Judgement judgement, FindingShowings showings) {
    Map<String, KnownFinding> byKey = new HashMap<>();
    for (KnownFinding finding : known)
      byKey.put(key(finding.checkId(), finding.subject()), finding);

    List<CheckResult> opened = new ArrayList<>();
    List<Seen> seen = new ArrayList<>();
    Set<String> failing = new HashSet<>();
    for (CheckResult result : judgement.examination().results()) {
      String key = key(result.check().id(), result.failure().subject());
      if (!failing.add(key)) continue; // a check names a subject once; the first stands
      KnownFinding finding = byKey.get(key);
      if (finding == null) opened.add(result);
      else if (!resolvedLater(finding, judgement))
        seen.add(seen(finding, result, judgement, showings));
    }
    return new FindingDiff(opened, seen, gone(known, failing, judgement, showings));
  }

  /** A report that arrives late must not bring back what was resolved after its visit. */
  private static boolean resolvedLater(KnownFinding finding, Judgement judgement) {
    return !finding.open()
        && finding.resolvedAt() != null
        && judgement.judgedAt().isBefore(finding.resolvedAt());
  }

  private static Seen seen(
      KnownFinding finding, CheckResult result, Judgement judgement, FindingShowings showings) {
    Severity now = result.failure().severity();
    boolean newest = !judgement.at().isBefore(finding.lastSeenAt());
    if (!finding.open()) {
      // What is known to come and go is back without a word.
      ChangeKind change = showings.expected().contains(finding.id()) ? null : ChangeKind.REOPENED;
      return new Seen(finding, result, now, change, newest);
    }
    int graver = now.compareTo(finding.severity());
    boolean sameScan =
        Duration.between(finding.lastSeenAt(), judgement.at()).compareTo(BETWEEN_SCANS) < 0;
    return new Seen(
        finding,
        result,
        graver > 0 ? now : finding.severity(),
        graver > 0 ? ChangeKind.WORSENED : null,
        newest && (graver >= 0 || !sameScan));
  }

  private static List<Gone> gone(
      List<KnownFinding> known,
      Set<String> failing,
      Judgement judgement,
      FindingShowings showings) {
    if (!judgement.mayResolve()) return List.of();
    Set<String> examined = new HashSet<>();
    for (Rule check : judgement.examination().examined()) examined.add(check.id());
    List<Gone> gone = new ArrayList<>();
    for (KnownFinding finding : known) {
      boolean failedHere = finding.open() && finding.states().contains(judgement.stateId());
      boolean failsNow = failing.contains(key(finding.checkId(), finding.subject()));
      if (showings.uncertain().contains(finding.id())) continue;
      if (failedHere && !failsNow && examined.contains(finding.checkId())) {
        gone.add(new Gone(finding, finding.states().size() == 1));
      }
    }
    return gone;
  }

  static String key(String checkId, String subject) {
    return checkId + "\n" + subject;
  }
}
