package org.tagwarden.dashboard.pages.alerts;

import java.util.List;
import java.util.Locale;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.collector.alerts.AlertKind;
import org.tagwarden.collector.alerts.AlertRule;
import org.tagwarden.collector.alerts.AlertRules;
import org.tagwarden.collector.alerts.Destination;
import org.tagwarden.collector.alerts.QuietHours;
import org.tagwarden.dashboard.pages.findings.CheckTexts;
import org.tagwarden.dashboard.view.Display;

/** A rule in the words of its form. */
final class RuleWords {
  private RuleWords() {}

  static RulesView.RuleLine of(AlertRules.Listed listed, Principal by) {
    AlertRule rule = listed.rule();
    return new RulesView.RuleLine(
        rule.id(),
        listed.site().isEmpty() ? "All sites of " + listed.client() : listed.site(),
        what(rule),
        to(rule),
        when(rule),
        by.may(Role.APPROVER, listed.clientId()));
  }

  private static String what(AlertRule rule) {
    List<String> changes =
        rule.changes().stream().sorted().map(change -> Display.words(change.name())).toList();
    String checks =
        rule.checks().isEmpty()
            ? "all checks"
            : String.join(", ", rule.checks().stream().map(CheckTexts::title).sorted().toList());
    String least = Display.words(rule.least().name());
    return least
        + " and above, "
        + String.join(", ", changes).toLowerCase(Locale.ROOT)
        + ": "
        + checks;
  }

  private static String to(AlertRule rule) {
    Destination destination = rule.destination();
    if (destination != null) return destination.name();
    return rule.tell() == AlertRule.Tell.OWNER ? "The owner" : "The site's addresses";
  }

  private static String when(AlertRule rule) {
    String zone = " " + rule.rhythm().zone().getId();
    String when =
        rule.rhythm().kind() == AlertKind.NOW
            ? "At once"
            : rule.rhythm().kind() == AlertKind.DAILY
                ? "Daily at " + rule.rhythm().time() + zone
                : Display.words(rule.rhythm().day().name()) + "s at " + rule.rhythm().time() + zone;
    QuietHours quiet = rule.quiet();
    return quiet == null ? when : when + ", quiet " + quiet.from() + " to " + quiet.until() + zone;
  }
}
