package org.tagwarden.collector.governance;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;

/**
 * One line of the history.
 *
 * @param siteId null for every site of the client
 * @param terms the whole authorization as it then stood, see {@link AuthorizationJson}
 */
public record AuthorizationChange(
    int id,
    int authorizationId,
    @Nullable Integer siteId,
    Subject subject,
    Action action,
    Verdict verdict,
    String justification,
    String by,
    String role,
    Instant at,
    JsonObject terms) {
  /** What became of it. */
  public enum Action {
    CREATED,
    CHANGED,
    WITHDRAWN
  }
}
