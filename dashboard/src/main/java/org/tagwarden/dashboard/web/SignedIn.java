package org.tagwarden.dashboard.web;

import org.tagwarden.collector.access.Principal;

/**
 * A person with a session.
 *
 * @param token the session's cookie value
 * @param csrf the session's secret for forms; pages carry it masked (see {@link Csrf})
 */
public record SignedIn(Principal principal, String email, String token, String csrf) {
  /** The person's id. */
  public int personId() {
    Integer id = principal.personId();
    if (id == null) throw new IllegalStateException("A web session belongs to a person");
    return id;
  }

  /** Without the secrets, for logs. */
  @Override
  public String toString() {
    return "SignedIn[" + principal.name() + "]";
  }
}
