package org.tagwarden.collector.access;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.ServerConfig;

/**
 * What holds for sessions.
 *
 * @param life how long one lasts
 * @param rolesFrom the sign-in server whose groups say who may do what; whoever it knows comes in
 *     through it alone, or a role that was withdrawn there would live on behind a password here.
 *     Null: roles are given by hand
 * @param askAgain after how long that server is asked again for the groups of somebody who is in
 */
public record SessionRules(Duration life, @Nullable String rolesFrom, Duration askAgain) {
  /** So many times as long as {@link #askAgain} a form may be filled in that was open by then. */
  private static final int GRACE = 4;

  /** As the settings say. */
  public static SessionRules of(ServerConfig config) {
    return new SessionRules(
        Duration.ofHours(config.limits().sessionHours()),
        config.oidc().roles().none() ? null : config.oidc().issuer(),
        Duration.ofMinutes(config.oidc().askAgainMinutes()));
  }

  /** When the sign-in server has to be asked again; null: roles are given by hand. */
  @Nullable Instant askAgainAt(Instant now) {
    return rolesFrom == null ? null : now.plus(askAgain);
  }

  /** Until when a session lasts that came through the sign-in server just now. */
  Instant boundedUntil(Instant now) {
    Instant whole = now.plus(life);
    Instant bounded = now.plus(askAgain.multipliedBy(GRACE));
    return rolesFrom == null || whole.isBefore(bounded) ? whole : bounded;
  }
}
