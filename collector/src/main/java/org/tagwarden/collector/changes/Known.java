package org.tagwarden.collector.changes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trait that the site showed before.
 *
 * @param told the finding about it while nobody has accepted it; null for one of the baseline
 * @param sha256 of the script's bytes, for scripts
 */
record Known(
    int id,
    TraitKind kind,
    String subject,
    String value,
    int pageId,
    @Nullable String tagKey,
    Instant firstSeen,
    Instant lastSeen,
    @Nullable Told told,
    @Nullable String sha256) {
  /** As one of the baseline. */
  Known accepted() {
    return new Known(id, kind, subject, value, pageId, tagKey, firstSeen, lastSeen, null, sha256);
  }

  boolean open() {
    return told != null;
  }
}
