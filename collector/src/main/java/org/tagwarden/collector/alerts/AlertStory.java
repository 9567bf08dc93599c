package org.tagwarden.collector.alerts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.LookedAgain;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;
import org.tagwarden.collector.owners.OrphanKind;
import org.tagwarden.collector.vendors.Category;

/**
 * What happened, with everything that a person needs to judge it.
 *
 * @param checkId the check that failed
 * @param title the check's headline
 * @param subject what it is about: for a script its host and path
 * @param evidence what the check saw, a line each
 * @param tag null when the finding is about the site itself
 * @param pages some of the pages that show it
 * @param pageCount how many pages show it
 * @param sitePages how many pages of the site are known
 * @param deeds what the script did in the visit; null when the visit is not kept, or when the
 *     message is about several findings
 * @param care who takes care of it, and whether it is or was muted; null when there is nothing to
 *     say
 */
public record AlertStory(
    int findingId,
    String checkId,
    ChangeKind change,
    Instant at,
    String client,
    int siteId,
    String site,
    String siteUrl,
    String title,
    String whyItMatters,
    String subject,
    Severity severity,
    String summary,
    List<String> evidence,
    String remedy,
    Instant openedAt,
    @Nullable StoryTag tag,
    List<String> pages,
    int pageCount,
    int sitePages,
    @Nullable ScriptDeeds deeds,
    @Nullable Care care) {
  /**
   * The tag that the finding belongs to.
   *
   * @param broughtBy who deployed it, in words
   */
  public record StoryTag(
      int id,
      String key,
      String vendor,
      String product,
      Category category,
      boolean known,
      String broughtBy) {}

  /**
   * What was done about it.
   *
   * @param acknowledgedBy who takes care of it; null when nobody has said so
   * @param mute null when it was not muted
   * @param lookedAgain what came of looking again; null when nobody had to
   * @param resolvedBecause why it is resolved; "" when simply nothing shows it any more
   */
  public record Care(
      @Nullable String acknowledgedBy,
      @Nullable Instant acknowledgedAt,
      @Nullable Mute mute,
      @Nullable LookedAgain lookedAgain,
      String resolvedBecause) {}

  /** Somebody wanted to hear nothing of it for a while. */
  public record Mute(String by, String reason, Instant until) {}

  public AlertStory {
    evidence = List.copyOf(evidence);
    pages = List.copyOf(pages);
  }

  /** The tag's key; "" when the finding is about the site itself. */
  public String tagKey() {
    return tag == null ? "" : tag.key();
  }

  /** Who takes care of it; null when nobody has said so. */
  public @Nullable String acknowledgedBy() {
    return care == null ? null : care.acknowledgedBy();
  }

  /** What came of looking again; null when nobody had to. */
  public @Nullable LookedAgain lookedAgain() {
    return care == null ? null : care.lookedAgain();
  }

  /** Why it is resolved; "" when simply nothing shows it any more, or when it is not. */
  public String resolvedBecause() {
    return care == null || !isResolved() ? "" : care.resolvedBecause();
  }

  /** The summary; what is resolved is told in the past, with the reason. */
  public String told() {
    if (!isResolved()) return summary;
    String reason = resolvedBecause();
    return reason.isEmpty() ? "It is no longer so: " + summary : reason + " It said: " + summary;
  }

  /** Who deployed what it is about; "" when it is about no code. */
  public String broughtBy() {
    if (tag != null) return tag.broughtBy();
    boolean ofSite = FindingTexts.isKnown(checkId) && !OrphanKind.isOne(checkId);
    return ofSite ? "the site itself (it belongs to no tag)" : "";
  }

  /** Whether it is good news. */
  public boolean isResolved() {
    return change == ChangeKind.RESOLVED;
  }

  AlertStory withDeeds(@Nullable ScriptDeeds seen) {
    return new AlertStory(
        findingId,
        checkId,
        change,
        at,
        client,
        siteId,
        site,
        siteUrl,
        title,
        whyItMatters,
        subject,
        severity,
        summary,
        evidence,
        remedy,
        openedAt,
        tag,
        pages,
        pageCount,
        sitePages,
        seen,
        care);
  }
}
