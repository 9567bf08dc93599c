package org.tagwarden.collector.alerts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tagwarden.collector.changes.ChangeRule;
import org.tagwarden.collector.checks.Check;
import org.tagwarden.collector.checks.CheckCatalog;
import org.tagwarden.collector.owners.OrphanKind;

/**
 * What is always said about findings of one kind: those of checks, of changes, and about owners.
 * Pure.
 */
public record FindingTexts(String title, String whyItMatters) {
  /** Of every kind that there can be, by id. */
  public static final Map<String, FindingTexts> ALL = all();

  private static Map<String, FindingTexts> all() {
    Map<String, FindingTexts> all = new LinkedHashMap<>();
    for (Check check : CheckCatalog.ALL)
      all.put(check.id(), new FindingTexts(check.title(), check.whyItMatters()));
    for (ChangeRule rule : ChangeRule.ALL)
      all.put(rule.id(), new FindingTexts(rule.title(), rule.whyItMatters()));
    for (OrphanKind kind : OrphanKind.values())
      all.put(kind.checkId(), new FindingTexts(kind.title(), OrphanKind.WHY));
    return Collections.unmodifiableMap(all);
  }

  /** Whether that is a check, a change or a fault of owners: a test and a question are none. */
  static boolean isKnown(String checkId) {
    return ALL.containsKey(checkId);
  }

  /** The catalogue's words, or the id itself for a check that is gone but has old findings. */
  public static FindingTexts of(String checkId) {
    return ALL.getOrDefault(checkId, new FindingTexts(checkId, ""));
  }
}
