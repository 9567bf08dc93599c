package org.tagwarden.dashboard.pages.scans;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.schedule.Scan;
import org.tagwarden.dashboard.pages.site.SiteFrame;

/** One scan with its page visits or Lighthouse runs. */
public record ScanView(
    SiteFrame frame, Scan scan, Job job, List<VisitLine> visits, List<RunLine> runs) {

  /** The newest job of the scan: how often it was tried, and by whom. */
  public record Job(int tries, @Nullable String scanner, @Nullable String lastProblem) {}

  /** A page visit. */
  public record VisitLine(
      UUID id,
      String page,
      Instant startedAt,
      String outcome,
      String seenAs,
      int requests,
      int thirdPartyRequests,
      long bytes,
      @Nullable Double loadMs,
      @Nullable Double lcpMs,
      String scanner,
      List<ProblemLine> problems) {}

  /** Something that could not be seen. */
  public record ProblemLine(String observer, String phase, String code, String message) {}

  /** A Lighthouse run. */
  public record RunLine(
      String page,
      Instant startedAt,
      @Nullable Double score,
      @Nullable Double lcpMs,
      @Nullable Double tbtMs,
      @Nullable Double cls,
      @Nullable String problem) {}
}
