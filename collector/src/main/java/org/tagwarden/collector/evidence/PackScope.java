package org.tagwarden.collector.evidence;

import java.time.Instant;
import org.tagwarden.collector.ServerConfig.Retention;
import org.tagwarden.collector.site.Site;

/**
 * What one pack is about.
 *
 * @param madeBy a person's or token's name
 * @param wholeClient whether its maker may read what concerns the client's other sites, as the
 *     audit log does
 */
record PackScope(
    Site site,
    PackPeriod period,
    Instant madeAt,
    String madeBy,
    boolean wholeClient,
    Retention retention,
    String fingerprint) {

  /** The period's end, or now while it lasts. */
  Instant end() {
    return period.until().isAfter(madeAt) ? madeAt : period.until();
  }

  /** The period's beginning, or when the site was entered. */
  Instant begin() {
    return site.createdAt().isAfter(period.since()) ? site.createdAt() : period.since();
  }

  PackManifest.About about() {
    return new PackManifest.About(
        site.clientName(),
        site.name(),
        site.baseUrl(),
        period.from().toString(),
        period.to().toString(),
        "UTC",
        madeAt.toString(),
        madeBy);
  }
}
