package org.tagwarden.dashboard.pages.authorizations;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.policy.PolicyPlan;
import org.tagwarden.dashboard.view.Badge;

/**
 * Authorizations as a file.
 *
 * @param clients whose can be taken away, by id
 * @param decided for which one can be taken over, by id; empty for those who decide nothing
 * @param text what was put in
 * @param plan what taking it over changes; null before it was asked for
 * @param shown says what the plan is about, so that nothing else is taken over
 * @param problems "policy": what is wrong with it
 */
public record PolicyView(
    Map<String, String> clients,
    Map<String, String> decided,
    String client,
    String text,
    boolean prune,
    @Nullable PolicyPlan plan,
    String shown,
    Map<String, String> problems) {

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }

  /** What becomes of an authorization. */
  public static Badge badge(PolicyPlan.Kind kind) {
    return switch (kind) {
      case CREATE -> new Badge("New", "good");
      case CHANGE -> new Badge("Changed", "warn");
      case WITHDRAW -> new Badge("Withdrawn", "bad");
      case KEEP -> new Badge("Stays", "plain");
    };
  }

  /** "2 new, 1 withdrawn". */
  public static String words(PolicyPlan plan) {
    StringBuilder words = new StringBuilder();
    for (PolicyPlan.Kind kind : PolicyPlan.Kind.values()) {
      long count = plan.lines().stream().filter(line -> line.kind() == kind).count();
      if (count == 0 || kind == PolicyPlan.Kind.KEEP) continue;
      if (!words.isEmpty()) words.append(", ");
      words.append(count).append(' ').append(badge(kind).label().toLowerCase(Locale.ROOT));
    }
    return words.isEmpty() ? "nothing changes" : words.toString();
  }
}
