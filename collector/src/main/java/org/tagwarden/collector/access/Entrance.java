package org.tagwarden.collector.access;

/** How far a sign-in has come. */
public sealed interface Entrance {
  /** In. */
  record In(Session session) implements Entrance {}

  /**
   * The password was right; now the code of the second factor.
   *
   * @param token what the next step carries; works for five minutes
   */
  record Half(String token) implements Entrance {
    /** Without the token, for logs. */
    @Override
    public String toString() {
      return "Half[]";
    }
  }
}
