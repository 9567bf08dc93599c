package org.tagwarden.dashboard.pages.findings;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tagwarden.collector.changes.ChangeRule;
import org.tagwarden.collector.checks.Check;
import org.tagwarden.collector.checks.CheckCatalog;
import org.tagwarden.collector.owners.OrphanKind;
import org.tagwarden.dashboard.view.Display;

/** What the catalogue says about a check; also of checks that are gone but have old findings. */
public final class CheckTexts {
  private CheckTexts() {}

  /** Its headline. */
  public static String title(String checkId) {
    for (Check check : CheckCatalog.ALL) if (check.id().equals(checkId)) return check.title();
    for (OrphanKind kind : OrphanKind.values())
      if (kind.checkId().equals(checkId)) return kind.title();
    ChangeRule rule = ChangeRule.of(checkId);
    if (rule != null) return rule.title();
    return Display.words(checkId.replace('-', '_'));
  }

  /** Why it matters; "" when the catalogue no longer knows it. */
  public static String whyItMatters(String checkId) {
    for (Check check : CheckCatalog.ALL)
      if (check.id().equals(checkId)) return check.whyItMatters();
    for (OrphanKind kind : OrphanKind.values())
      if (kind.checkId().equals(checkId)) return OrphanKind.WHY;
    ChangeRule rule = ChangeRule.of(checkId);
    return rule == null ? "" : rule.whyItMatters();
  }

  /** For the filter: every check by id. */
  static Map<String, String> choices(Iterable<String> found) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "All checks");
    for (Check check : CheckCatalog.ALL) choices.put(check.id(), check.title());
    for (ChangeRule rule : ChangeRule.ALL) choices.put(rule.id(), rule.title());
    for (String id : found) choices.putIfAbsent(id, title(id));
    return choices;
  }
}
