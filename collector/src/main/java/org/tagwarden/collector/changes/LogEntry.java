package org.tagwarden.collector.changes;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A line of the site's log of changes. */
record LogEntry(
    TraitKind kind,
    String subject,
    @Nullable String tagKey,
    What what,
    @Nullable String before,
    @Nullable String after,
    String note,
    @Nullable Integer beforeId,
    @Nullable Integer afterId,
    Change.@Nullable Ref by) {
  /** What happened to a thing. */
  enum What {
    NEW,
    CHANGED,
    GONE,
    RETURNED
  }

  /**
   * @param ids of the traits that became known, by key
   */
  static LogEntry of(Change change, int pageId, Map<UUID, Integer> ids) {
    Trait trait = change.trait();
    Known before = change.before();
    return new LogEntry(
        trait.kind(),
        trait.subject(),
        trait.tagKey(),
        before == null ? What.NEW : What.CHANGED,
        before == null ? null : shown(trait.kind(), before.value(), before.sha256()),
        shown(trait.kind(), trait.value(), trait.facts().sha256()),
        change.note(),
        before == null ? null : before.id(),
        ids.get(trait.key(pageId)),
        change.explainedBy());
  }

  /** A version of a script is named by its bytes, as its vendor would. */
  private static @Nullable String shown(TraitKind kind, String value, @Nullable String sha256) {
    if (kind == TraitKind.SCRIPT || kind == TraitKind.INLINE) {
      return sha256 == null ? null : "SHA-256 " + sha256.substring(0, 12) + "…";
    }
    if (kind == TraitKind.HEADER && value.isEmpty()) return "not sent";
    return value.isEmpty() ? null : value;
  }
}
