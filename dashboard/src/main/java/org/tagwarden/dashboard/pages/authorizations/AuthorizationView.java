package org.tagwarden.dashboard.pages.authorizations;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.AuthorizationChange;
import org.tagwarden.collector.governance.Preview;
import org.tagwarden.collector.governance.TagRequest;
import org.tagwarden.collector.governance.policy.PolicyPlan;
import org.tagwarden.collector.governance.rules.Authorization;

/**
 * One authorization, or a new one.
 *
 * @param line null for a new one
 * @param history the newest first
 * @param preview what it matches today; null before it was asked for
 * @param rival what is there already in its place, or was saved meanwhile; null when nothing is
 * @param request what it answers; null when nobody asked
 * @param problems by field; "" for the whole form
 * @param sites by id, "" for all sites; of the clients that may be decided for
 * @param contacts who can be named as owner or deputy
 * @param strangers which of "owner" and "deputy" mean nobody that is known
 */
public record AuthorizationView(
    @Nullable AuthorizationLine line,
    AuthorizationForm form,
    List<Entry> history,
    @Nullable Preview preview,
    @Nullable Authorization rival,
    @Nullable TagRequest request,
    Map<String, String> problems,
    Map<String, String> sites,
    List<String> contacts,
    Set<String> strangers,
    boolean mayDecide) {
  /** How many matches are listed. */
  public static final int MOST_MATCHES = 50;

  /** A line of the history, with what it changed beside the verdict: "hosts: a -> b". */
  public record Entry(AuthorizationChange change, List<String> differences) {
    public boolean withdrawn() {
      return change.action() == AuthorizationChange.Action.WITHDRAWN;
    }
  }

  /** Each with what differs from the one before it; the newest first. */
  static List<Entry> entries(List<AuthorizationChange> history) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      AuthorizationChange change = history.get(i);
      boolean changed = change.action() == AuthorizationChange.Action.CHANGED;
      List<String> differences =
          changed && i + 1 < history.size()
              ? PolicyPlan.differences(terms(history.get(i + 1)), terms(change))
              : List.of();
      entries.add(
          new Entry(
              change, differences.stream().map(line -> line.replace("envelope.", "")).toList()));
    }
    return entries;
  }

  /** Verdict and justification stand above. */
  private static JsonObject terms(AuthorizationChange change) {
    JsonObject terms = change.terms().copy();
    terms.remove("verdict");
    terms.remove("justification");
    return terms;
  }

  /** Whether it is about what it was stored about, and nothing else. */
  public boolean fixed() {
    return line != null && !withdrawn();
  }

  /** Whether saving is offered: what is new is shown first, and replaces nothing. */
  public boolean maySave() {
    return mayDecide && (fixed() || (preview != null && rival == null));
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }

  /** Whether any of these fields was refused. */
  public boolean refused(String... fields) {
    for (String field : fields) if (problems.containsKey(field)) return true;
    return false;
  }

  /** Whether it counts no more because somebody took it back. */
  public boolean withdrawn() {
    return !history.isEmpty() && history.get(0).withdrawn();
  }

  /** The version that saving replaces: 0 where there is none to replace. */
  public String basedOn() {
    String version = form.value("version");
    return fixed() && !version.isEmpty() ? version : "0";
  }
}
