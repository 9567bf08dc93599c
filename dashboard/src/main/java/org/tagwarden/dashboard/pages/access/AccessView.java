package org.tagwarden.dashboard.pages.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * People and tokens.
 *
 * @param clients where a token or person may be added, by id; "" for all clients
 * @param secret a token that was just made, shown once; "" otherwise
 * @param link an invitation that was just made, shown once; "" otherwise
 */
public record AccessView(
    List<PersonLine> people,
    List<TokenLine> tokens,
    Map<String, String> clients,
    String secret,
    String link,
    Map<String, String> typed,
    Map<String, String> problems) {

  /** Somebody with an account; roles as text, "Admin of all clients". */
  public record PersonLine(
      String name, String email, List<String> roles, Instant createdAt, boolean disabled) {}

  /** A program's way in. */
  public record TokenLine(
      int id,
      String name,
      String role,
      String client,
      Instant createdAt,
      @Nullable Instant lastUsedAt) {}

  public String typed(String field) {
    return typed.getOrDefault(field, "");
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }
}
