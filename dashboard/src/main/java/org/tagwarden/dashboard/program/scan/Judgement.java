package org.tagwarden.dashboard.program.scan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.CheckCatalog;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.checks.Visited;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.vendors.Recogniser;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.collector.vendors.SiteScope;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.ScanReport;
import org.tagwarden.report.VisitOutcome;

/** What a scan report tells: its tags, findings and problems, summed over its visits. */
public record Judgement(ScanReport report, List<JudgedVisit> visits) {
  /** There is no book of decisions beside a one-off scan: every script would be unapproved. */
  private static final String NEEDS_DECISIONS = "unapproved-script";

  public Judgement {
    visits = List.copyOf(visits);
  }

  /** Recognises and checks every visit. Each page's own site is the first party. */
  public static Judgement of(ScanReport report, Recogniser recogniser, List<String> firstParty) {
    List<JudgedVisit> judged = new ArrayList<>();
    for (PageVisit visit : report.visits()) {
      Recognition recognition =
          recogniser.recognise(
              visit, new SiteScope(visit.page(), firstParty), report.bodies()::get);
      judged.add(
          new JudgedVisit(
              visit,
              recognition,
              CheckCatalog.examine(
                  new Visited(
                      visit,
                      recognition,
                      Authorizations.NONE,
                      report.bodies()::get,
                      visit.startedAt()))));
    }
    return new Judgement(report, judged);
  }

  /** Whether no page could be loaded, so that there is nothing to say about the site. */
  public boolean sawNothing() {
    return visits.stream().allMatch(visit -> failed(visit.visit()));
  }

  static boolean failed(PageVisit visit) {
    return visit.outcome() == VisitOutcome.FAILED || visit.outcome() == VisitOutcome.CHALLENGED;
  }

  /** Every tag once, by category, vendor and product. */
  public List<SeenTag> tags() {
    Map<String, SeenTag> byKey = new LinkedHashMap<>();
    Map<String, Set<String>> pages = new HashMap<>();
    for (JudgedVisit visit : visits) {
      for (Tag tag : visit.recognition().tags()) {
        byKey.merge(tag.key(), SeenTag.of(tag, visit.recognition()), SeenTag::and);
        pages.computeIfAbsent(tag.key(), key -> new HashSet<>()).add(visit.visit().page());
      }
    }
    byKey.replaceAll((key, tag) -> tag.on(pages.getOrDefault(key, Set.of()).size()));
    return sorted(
        byKey.values(),
        Comparator.comparing(SeenTag::category)
            .thenComparing(SeenTag::vendor)
            .thenComparing(SeenTag::product));
  }

  /** Every finding once, the worst first. */
  public List<SeenFinding> findings() {
    Map<String, SeenFinding> byIdentity = new LinkedHashMap<>();
    for (JudgedVisit visit : visits) {
      for (CheckResult result : visit.examination().results()) {
        if (result.check().id().equals(NEEDS_DECISIONS)) continue;
        SeenFinding finding = SeenFinding.of(result, visit.visit().page());
        byIdentity.merge(finding.check() + "\n" + finding.subject(), finding, SeenFinding::and);
      }
    }
    return sorted(
        byIdentity.values(),
        Comparator.comparing(SeenFinding::severity).reversed().thenComparing(SeenFinding::check));
  }

  /** The worst severity; null when there are no findings. */
  public @Nullable Severity worst() {
    List<SeenFinding> findings = findings();
    return findings.isEmpty() ? null : findings.get(0).severity();
  }

  /** What could not be seen or done, each once. */
  public List<Problem> problems() {
    Map<String, Problem> bySentence = new LinkedHashMap<>();
    for (JudgedVisit visit : visits) {
      for (Problem problem : visit.visit().problems())
        bySentence.putIfAbsent(problem.code() + problem.message(), problem);
    }
    return List.copyOf(bySentence.values());
  }

  private static <T> List<T> sorted(Collection<T> values, Comparator<? super T> order) {
    return values.stream().sorted(order).toList();
  }
}
