package org.tagwarden.dashboard.web;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.Principal;

/**
 * A person with a session.
 *
 * @param token the session's cookie value
 * @param csrf the session's secret for forms; pages carry it masked (see {@link Csrf})
 * @param askAgainAt when the sign-in server has to be asked again who this is; null: never
 */
public record SignedIn(
    Principal principal, String email, String token, String csrf, @Nullable Instant askAgainAt) {
  /** The person's id. */
  public int personId() {
    Integer id = principal.personId();
    if (id == null) throw new IllegalStateException("A web session belongs to a person");
    return id;
  }

  /** Whether the next page goes by way of the sign-in server. */
  boolean isToBeAskedAgain(Instant now) {
    return askAgainAt != null && !now.isBefore(askAgainAt);
  }

  /** Without the secrets, for logs. */
  @Override
  public String toString() {
    return "SignedIn[" + principal.name() + "]";
  }
}
