package org.tagwarden.collector.access;

import java.time.Instant;

/**
 * A signed-in browser.
 *
 * @param token the cookie's value; the database holds its hash only
 * @param csrf what every form must send along
 */
public record Session(String token, Person person, String csrf, Instant expiresAt) {
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
