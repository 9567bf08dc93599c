package org.tagwarden.dashboard.pages.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * People, invitations and tokens.
 *
 * @param choices the clients to choose from, by id; "" for all
 * @param client the chosen one's id; "" for all
 * @param clients where somebody may be given a role, by id; "all" for all clients
 * @param scopes likewise for tokens, which may be for one site: "client/site"
 * @param secret a token that was just made, shown once; "" otherwise
 * @param sent an invitation that was just made; null otherwise
 */
public record AccessView(
    List<PersonLine> people,
    List<InvitationLine> invitations,
    List<TokenLine> tokens,
    Map<String, String> choices,
    String client,
    Map<String, String> clients,
    Map<String, String> scopes,
    String secret,
    @Nullable Sent sent,
    Map<String, String> typed,
    Map<String, String> problems) {

  /** Somebody with an account; roles as text, "Admin of all clients". */
  public record PersonLine(
      int id, String name, String email, List<String> roles, Instant createdAt, boolean disabled) {}

  /** An offer that nobody accepted yet; the role as text, "Admin, all clients". */
  public record InvitationLine(
      int id, String name, String email, String role, String invitedBy, Instant expiresAt) {}

  /**
   * What became of a one-time link.
   *
   * @param link to be handed over, shown once; "" when it was mailed
   * @param problem why it was not mailed; "" when it was, or there is no mail server
   */
  public record Sent(String email, String link, String problem) {}

  /**
   * A program's way in.
   *
   * @param stopped whether it opens nothing, because its maker may not make such a one any more
   * @param madeBy a person's name; "" for the program's own
   */
  public record TokenLine(
      int id,
      String name,
      String role,
      String scope,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant lastUsedAt,
      boolean stopped,
      String madeBy) {}

  /** Whether there is more than one client to choose from. */
  public boolean several() {
    return choices.size() > 2;
  }

  public String typed(String field) {
    return typed.getOrDefault(field, "");
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }
}
