package org.tagwarden.collector.access;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.ServerConfig;

/**
 * What holds for sessions.
 *
 * @param life how long one lasts
 * @param rolesFrom the sign-in server whose groups say who may do what; whoever it knows comes in
 *     through it alone, or a role that was withdrawn there would live on behind a password here.
 *     Null: roles are given by hand
 */
public record SessionRules(Duration life, @Nullable String rolesFrom) {
  /** As the settings say. */
  public static SessionRules of(ServerConfig config) {
    return new SessionRules(
        Duration.ofHours(config.limits().sessionHours()),
        config.oidc().roles().none() ? null : config.oidc().issuer());
  }
}
