package org.tagwarden.dashboard.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tagwarden.collector.checks.CheckResult;
import org.tagwarden.collector.checks.Failure;
import org.tagwarden.dashboard.ScannedVisit;
import org.tagwarden.dashboard.evidence.SeenWords;
import org.tagwarden.dashboard.evidence.VisitEvidence;
import org.tagwarden.report.CapturedRequest;
import org.tagwarden.report.PageVisit;
import org.tagwarden.report.Problem;
import org.tagwarden.report.ScanReport;

/** What report.html shows. */
public record ReportView(
    String scanner,
    String browser,
    Instant startedAt,
    Totals totals,
    List<VisitLine> visits,
    List<TagLine> tags,
    List<FindingLine> findings,
    List<ProblemLine> problems,
    List<HappenedOn> happened,
    List<RequestTable> requests) {

  /** There is no book of decisions beside a one-off scan: every script would be unapproved. */
  private static final String NEEDS_DECISIONS = "unapproved-script";

  /** Whether pages were seen in several ways, so that it must be told which visit is which. */
  public boolean severalWays() {
    return visits.stream().map(VisitLine::seenAs).distinct().count() > 1;
  }

  /** The strip at the top. */
  public record Totals(
      int pages,
      int tags,
      int vendors,
      int requests,
      int thirdParty,
      long bytes,
      long thirdPartyBytes) {}

  /** A visit of a page. */
  public record VisitLine(
      String page,
      String title,
      String seenAs,
      String outcome,
      int requests,
      long bytes,
      double loadMs,
      double lcpMs) {}

  /** A failed check; once per subject, however many pages show it. */
  public record FindingLine(
      String severity,
      String title,
      String summary,
      String why,
      String remedy,
      List<String> evidence,
      List<String> pages) {}

  /** Something that could not be seen. */
  public record ProblemLine(String page, String observer, String code, String message) {}

  /** What happened on one page, beside its requests. */
  public record HappenedOn(String page, String seenAs, VisitEvidence evidence) {
    /** Whether there is anything to show. */
    public boolean isWorthShowing() {
      return !evidence.deeds().isEmpty()
          || !evidence.kept().isEmpty()
          || !evidence.shots().isEmpty()
          || evidence.chosen()
          || evidence.journey() != null;
    }
  }

  /** The requests of one visit. */
  public record RequestTable(String page, String seenAs, List<RequestLine> rows) {}

  /** A request. */
  public record RequestLine(
      int id,
      String method,
      String url,
      String type,
      String status,
      String tag,
      String initiator,
      String seenBy,
      long bytes,
      double totalMs) {}

  /** Gathers the view; visits in the report's order. */
  public static ReportView of(ScanReport report, List<ScannedVisit> visits) {
    List<TagLine> tags = TagLine.of(visits);
    return new ReportView(
        report.scanner().name() + " " + report.scanner().version(),
        report.scanner().browser(),
        visits.stream()
            .map(v -> v.visit().startedAt())
            .min(Comparator.naturalOrder())
            .orElse(Instant.EPOCH),
        totals(visits, tags),
        visits.stream().map(ReportView::visitLine).toList(),
        tags,
        findings(visits),
        visits.stream()
            .flatMap(v -> v.visit().problems().stream().map(p -> problem(v, p)))
            .toList(),
        happened(report, visits),
        visits.stream().map(ReportView::requests).toList());
  }

  private static List<HappenedOn> happened(ScanReport report, List<ScannedVisit> visits) {
    InlineImages images = new InlineImages(report);
    List<HappenedOn> happened = new ArrayList<>();
    for (ScannedVisit scanned : visits) {
      PageVisit visit = scanned.visit();
      VisitEvidence evidence = VisitEvidence.of(visit, scanned.recognition(), images::src);
      happened.add(new HappenedOn(visit.page(), SeenWords.of(visit), evidence));
    }
    return happened.stream().filter(HappenedOn::isWorthShowing).toList();
  }

  static long bytesOf(CapturedRequest request) {
    return request.sizes().headerBytes() + request.sizes().wireBytes();
  }

  private static Totals totals(List<ScannedVisit> visits, List<TagLine> tags) {
    int requests = 0;
    int third = 0;
    long bytes = 0;
    long thirdBytes = 0;
    for (ScannedVisit scanned : visits) {
      for (CapturedRequest request : scanned.visit().requests()) {
        requests++;
        bytes += bytesOf(request);
        if (scanned.recognition().isThirdParty(request.id())) {
          third++;
          thirdBytes += bytesOf(request);
        }
      }
    }
    Set<String> vendors = new HashSet<>();
    for (TagLine tag : tags) vendors.add(tag.vendor());
    int pages = (int) visits.stream().map(scanned -> scanned.visit().page()).distinct().count();
    return new Totals(pages, tags.size(), vendors.size(), requests, third, bytes, thirdBytes);
  }

  private static VisitLine visitLine(ScannedVisit scanned) {
    PageVisit visit = scanned.visit();
    long bytes = visit.requests().stream().mapToLong(ReportView::bytesOf).sum();
    return new VisitLine(
        visit.page(),
        visit.title() == null ? "" : visit.title(),
        SeenWords.of(visit),
        visit.outcome().name(),
        visit.requests().size(),
        bytes,
        visit.timings() == null ? -1 : visit.timings().loadMs(),
        visit.timings() == null ? -1 : visit.timings().largestContentfulPaintMs());
  }

  private static ProblemLine problem(ScannedVisit scanned, Problem problem) {
    return new ProblemLine(
        scanned.visit().page(), problem.observer(), problem.code(), problem.message());
  }

  private static List<FindingLine> findings(List<ScannedVisit> visits) {
    record Key(String check, String subject) {}
    Map<Key, CheckResult> first = new LinkedHashMap<>();
    Map<Key, List<String>> pages = new LinkedHashMap<>();
    for (ScannedVisit scanned : visits) {
      for (CheckResult result : scanned.results()) {
        if (result.check().id().equals(NEEDS_DECISIONS)) continue;
        Key key = new Key(result.check().id(), result.failure().subject());
        first.putIfAbsent(key, result);
        pages.computeIfAbsent(key, k -> new ArrayList<>()).add(scanned.visit().page());
      }
    }
    List<Map.Entry<Key, CheckResult>> worstFirst = new ArrayList<>(first.entrySet());
    worstFirst.sort(
        Comparator.comparing((Map.Entry<Key, CheckResult> e) -> e.getValue().failure().severity())
            .reversed());
    return worstFirst.stream()
        .map(
            entry -> {
              Failure failure = entry.getValue().failure();
              return new FindingLine(
                  failure.severity().name(),
                  entry.getValue().check().title(),
                  failure.summary(),
                  entry.getValue().check().whyItMatters(),
                  failure.remedy(),
                  failure.evidence(),
                  pages.getOrDefault(entry.getKey(), List.of()).stream().distinct().toList());
            })
        .toList();
  }

  private static RequestTable requests(ScannedVisit scanned) {
    List<RequestLine> rows = scanned.visit().requests().stream().map(r -> row(scanned, r)).toList();
    return new RequestTable(scanned.visit().page(), SeenWords.of(scanned.visit()), rows);
  }

  private static RequestLine row(ScannedVisit scanned, CapturedRequest request) {
    var tag = scanned.recognition().tagOf(request.id());
    String by = request.initiator().url();
    String status = request.status() == null ? "failed" : String.valueOf(request.status());
    return new RequestLine(
        request.id(),
        request.method(),
        request.url(),
        request.type().name(),
        status,
        tag == null ? "" : tag.product(),
        by == null ? request.initiator().kind().name() : by,
        request.seenBy().size() == 2 ? "BOTH" : request.seenBy().iterator().next().name(),
        bytesOf(request),
        request.timing() == null ? -1 : request.timing().total());
  }
}
