package org.tagwarden.dashboard.pages.findings;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.dashboard.pages.site.SiteFrame;

/** One finding with its evidence and what happened to it. */
public record FindingView(
    SiteFrame frame, FindingRow finding, List<String> pages, List<Change> changes) {

  /** A change of its state, and who was told. */
  public record Change(String change, Instant at, @Nullable String scanId, List<String> alerts) {}
}
