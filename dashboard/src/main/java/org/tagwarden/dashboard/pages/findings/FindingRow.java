package org.tagwarden.dashboard.pages.findings;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A finding as the lists and its own page show it. */
public record FindingRow(
    int id,
    int siteId,
    String siteName,
    String clientName,
    String checkId,
    String subject,
    @Nullable Integer tagId,
    @Nullable String tagProduct,
    String severity,
    String state,
    String summary,
    List<String> evidence,
    String remedy,
    int pages,
    Instant openedAt,
    Instant lastSeenAt,
    @Nullable Instant resolvedAt,
    @Nullable String takenBy,
    @Nullable Instant mutedUntil) {
  public FindingRow {
    evidence = List.copyOf(evidence);
  }
}
