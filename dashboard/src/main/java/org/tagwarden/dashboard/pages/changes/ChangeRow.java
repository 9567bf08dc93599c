package org.tagwarden.dashboard.pages.changes;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of the log of changes.
 *
 * @param kind TAG, SCRIPT, HEADER, ...
 * @param what NEW, CHANGED, GONE or RETURNED
 * @param findingId the finding that tells of it; null for none
 * @param findingSubject what that finding is about
 * @param readable whether it is a script's text
 */
public record ChangeRow(
    long id,
    Instant at,
    String visitId,
    String page,
    String kind,
    String subject,
    String what,
    @Nullable String before,
    @Nullable String after,
    String note,
    @Nullable Integer beforeId,
    @Nullable Integer afterId,
    @Nullable Integer findingId,
    @Nullable String checkId,
    @Nullable String findingSummary,
    @Nullable String severity,
    @Nullable String findingState,
    @Nullable String findingSubject,
    boolean readable) {

  /** Whether a visit showed it; what is missed because its pages are left, none did. */
  public boolean ofVisit() {
    return !visitId.startsWith("00000000-0000-0000-");
  }

  /** What changes of one visit are told together. */
  String group() {
    return visitId + " " + (findingId == null ? "row " + id : findingId);
  }

  /** What it is about, for people: an unknown tag is its host. */
  public String name() {
    if (kind.equals("INLINE")) return subject.replaceFirst("^inline script ", "");
    return subject.startsWith("host:") ? subject.substring("host:".length()) : subject;
  }

  /** The kind, for people. */
  public String label() {
    return switch (kind) {
      case "INLINE" -> "Inline script";
      case "STORAGE" -> "Stored item";
      case "CONTACT" -> "Contact by";
      case "READ" -> "Fields read by";
      case "DEED" -> "Behaviour of";
      case "CONTAINER" -> "Container";
      default -> kind.charAt(0) + kind.substring(1).toLowerCase(java.util.Locale.ROOT);
    };
  }
}
