package org.tagwarden.dashboard.pages.performance;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.dashboard.view.Chart;

/**
 * How fast a site is and what third parties cost it.
 *
 * @param newest the newest Lighthouse figures; null when there are none yet
 * @param visits medians a day of load, FCP and LCP, as the scanning browser measured them
 */
public record PerformanceView(
    SiteFrame frame,
    @Nullable Newest newest,
    Chart visits,
    Chart bytes,
    Chart requests,
    Lab lab,
    List<TagCost> costs,
    long mostBytes) {

  /** The curves of Lighthouse. */
  public record Lab(
      Chart paint, Chart blocking, Chart shift, Chart ttfb, Chart weight, Chart thirdParty) {}

  /** The newest run, averaged over its pages. */
  public record Newest(
      Instant at,
      double score,
      double lcpMs,
      double tbtMs,
      double cls,
      double ttfbMs,
      double bytes,
      double thirdPartyMs) {}

  /** A tag's cost per page visit that it fired on, over 30 days. */
  public record TagCost(
      int tagId,
      String vendor,
      String product,
      boolean known,
      double pagesShare,
      double requests,
      long bytes,
      double loadMs,
      double cpuMs,
      double blockingMs) {}
}
