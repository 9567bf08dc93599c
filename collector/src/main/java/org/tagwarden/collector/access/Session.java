package org.tagwarden.collector.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signed-in browser.
 *
 * @param token the cookie's value; the database holds its hash only
 * @param csrf what every form must send along
 * @param askAgainAt when the sign-in server has to be asked again who this is and which groups are
 *     theirs; null: roles are given by hand
 */
public record Session(
    String token, Person person, String csrf, Instant expiresAt, @Nullable Instant askAgainAt) {
  /** What the person may do. */
  public Principal principal() {
    return person.principal();
  }

  /** Without token, for logs. */
  @Override
  public String toString() {
    return "Session[" + person.email() + ", until " + expiresAt + "]";
  }
}
