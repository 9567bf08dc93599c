package org.tagwarden.dashboard.pages.authorizations;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.AuthorizationChange;
import org.tagwarden.collector.governance.Preview;

/**
 * One authorization, or a new one.
 *
 * @param line null for a new one
 * @param history the newest first
 * @param preview what it matches today; null before it was asked for
 * @param problems by field; "" for the whole form
 * @param sites by id, "" for all sites; of the clients that may be decided for
 * @param contacts who can be named as owner or deputy
 * @param strangers which of "owner" and "deputy" mean nobody that is known
 */
public record AuthorizationView(
    @Nullable AuthorizationLine line,
    AuthorizationForm form,
    List<AuthorizationChange> history,
    @Nullable Preview preview,
    Map<String, String> problems,
    Map<String, String> sites,
    List<String> contacts,
    Set<String> strangers,
    boolean mayDecide) {
  /** How many matches are listed. */
  public static final int MOST_MATCHES = 50;

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
    return !history.isEmpty() && history.get(0).action() == AuthorizationChange.Action.WITHDRAWN;
  }

  /** The version that saving replaces: 0 where there is none to replace. */
  public String basedOn() {
    String version = form.value("version");
    return withdrawn() || version.isEmpty() ? "0" : version;
  }
}
