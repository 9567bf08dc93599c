package org.tagwarden.collector.alerts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;
import org.tagwarden.collector.findings.ChangeKind;
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
   * What people did about it.
   *
   * @param acknowledgedBy who takes care of it; null when nobody has said so
   * @param mute null when it was not muted
   */
  public record Care(
      @Nullable String acknowledgedBy, @Nullable Instant acknowledgedAt, @Nullable Mute mute) {}

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
