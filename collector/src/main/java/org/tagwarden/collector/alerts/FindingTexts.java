package org.tagwarden.collector.alerts;

import org.tagwarden.collector.checks.Check;
import org.tagwarden.collector.checks.CheckCatalog;
import org.tagwarden.collector.owners.OrphanKind;

/**
 * What is always said about findings of one kind: those of checks, and those about owners. Pure.
 */
public record FindingTexts(String title, String whyItMatters) {
  /** The catalogue's words, or the id itself for a check that is gone but has old findings. */
  public static FindingTexts of(String checkId) {
    for (Check check : CheckCatalog.ALL) {
      if (check.id().equals(checkId)) return new FindingTexts(check.title(), check.whyItMatters());
    }
    for (OrphanKind kind : OrphanKind.values()) {
      if (kind.checkId().equals(checkId)) return new FindingTexts(kind.title(), OrphanKind.WHY);
    }
    return new FindingTexts(checkId, "");
  }
}
