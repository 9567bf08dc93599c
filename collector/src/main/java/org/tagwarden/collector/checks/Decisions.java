package org.tagwarden.collector.checks;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a site's tags and scripts, as of one moment.
 *
 * @param tags state by tag key; a tag without an entry is undecided
 * @param approvedScripts SHA-256 of single scripts that were approved
 * @param refusedScripts SHA-256 of single scripts that were refused
 */
public record Decisions(
    Map<String, State> tags, Set<String> approvedScripts, Set<String> refusedScripts) {
  public static final Decisions NONE = new Decisions(Map.of(), Set.of(), Set.of());

  /** The answer to "may it run?". */
  public enum State {
    APPROVED,
    REFUSED
  }

  public Decisions {
    tags = Map.copyOf(tags);
    approvedScripts = Set.copyOf(approvedScripts);
    refusedScripts = Set.copyOf(refusedScripts);
  }

  /** The script's own decision if there is one, else its tag's; null when nobody decided. */
  public @Nullable State ofScript(@Nullable String sha256, @Nullable String tagKey) {
    if (sha256 != null && refusedScripts.contains(sha256)) return State.REFUSED;
    if (sha256 != null && approvedScripts.contains(sha256)) return State.APPROVED;
    return tagKey == null ? null : tags.get(tagKey);
  }
}
