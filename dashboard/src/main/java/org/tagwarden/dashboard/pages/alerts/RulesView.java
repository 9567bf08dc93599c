package org.tagwarden.dashboard.pages.alerts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.alerts.FindingTexts;
import org.tagwarden.collector.alerts.OptOuts;
import org.tagwarden.dashboard.view.Labels;

/**
 * Rules and destinations, with the forms for further ones.
 *
 * @param optOuts who wants no mails
 * @param scopes where a rule may hold; empty for those who make none
 * @param tellable whom a rule may tell
 * @param clients for which a destination may be made; empty for those who make none
 * @param edited the rule that the form changes; null when it makes a further one
 * @param typed what was typed into a form that was refused, or what the edited rule says
 */
public record RulesView(
    List<RuleLine> rules,
    List<DestinationLine> destinations,
    List<OptOuts.OptOut> optOuts,
    Map<String, String> scopes,
    Map<String, String> tellable,
    Map<String, String> clients,
    Map<String, String> channels,
    List<String> hints,
    boolean mayRule,
    @Nullable RuleLine edited,
    Map<String, String> typed,
    Map<String, String> problems) {
  public static final Map<String, String> SEVERITIES =
      Labels.of("LOW", "Low", "MEDIUM", "Medium", "HIGH", "High", "CRITICAL", "Critical");
  public static final Map<String, String> RHYTHMS =
      Labels.of("NOW", "At once", "DAILY", "Once a day", "WEEKLY", "Once a week");
  public static final Map<String, String> DAYS = Labels.weekdays(7);

  /** A rule in words. */
  public record RuleLine(
      int id, String where, String what, String to, String when, boolean mayChange) {}

  /** A destination; its address is a secret's name where it is a secret. */
  public record DestinationLine(
      int id,
      String name,
      String client,
      String channel,
      String address,
      String signing,
      boolean mayChange) {}

  /** Every kind of finding, by id. */
  public static Map<String, String> checks() {
    Map<String, String> checks = new LinkedHashMap<>();
    FindingTexts.ALL.forEach((id, texts) -> checks.put(id, texts.title()));
    return checks;
  }

  /** What was typed, or the standard. */
  public String typed(String field, String standard) {
    return typed.getOrDefault(field, standard);
  }

  /** Whether a kind of change is ticked; what opens and what gets worse is, unless typed else. */
  public boolean ticked(String change) {
    if (typed("rhythm", "").isEmpty()) return !change.equals("RESOLVED");
    return !typed.getOrDefault(change, "").isEmpty();
  }

  /** The kinds of findings that are ticked; empty for all. */
  public Set<String> picked() {
    String ids = typed.getOrDefault("check", "").strip();
    return ids.isEmpty() ? Set.of() : Set.of(ids.split(" +"));
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }
}
