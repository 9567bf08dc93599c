package org.tagwarden.collector.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AccountLinks;
import org.tagwarden.collector.access.ApiToken;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.Invitation;
import org.tagwarden.collector.access.Invitations;
import org.tagwarden.collector.access.People;
import org.tagwarden.collector.access.PersonDraft;
import org.tagwarden.collector.access.Role;

/** Tokens and people. */
final class AccessCalls {
  private final ApiTokens tokens;
  private final People people;
  private final AccountLinks links;
  private final Invitations invitations;

  AccessCalls(ApiTokens tokens, People people, AccountLinks links, Invitations invitations) {
    this.tokens = tokens;
    this.people = people;
    this.links = links;
    this.invitations = invitations;
  }

  private record NewToken(ApiToken token, String secret) {}

  /** The link only when it was not mailed. */
  private record NewInvitation(
      Invitation invitation, boolean mailed, @Nullable String link, @Nullable String problem) {
    NewInvitation(Invitations.Sent sent) {
      this(sent.invitation(), sent.mailed(), sent.link(), sent.problem());
    }
  }

  private record NewLink(boolean mailed, @Nullable String link, @Nullable String problem) {}

  Future<ApiAnswer> listTokens(ApiCall call) {
    return tokens.list(call.principal()).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> createToken(ApiCall call) {
    JsonObject body = call.body();
    ApiTokens.Draft draft =
        new ApiTokens.Draft(
            body.getString("name"),
            Role.of(body.getString("role")),
            body.getInteger("clientId"),
            body.getInteger("siteId"),
            time(body.getString("expiresAt")));
    return tokens
        .create(call.principal(), draft)
        .map(made -> ApiAnswer.created(new NewToken(made.token(), made.secret())));
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Refusal.invalid("expiresAt", "Write the expiry in UTC, like 2030-01-31T12:00:00Z.");
    }
  }

  Future<ApiAnswer> withdrawToken(ApiCall call) {
    return tokens.withdraw(call.principal(), call.number("tokenId")).map(ApiAnswer.NOTHING);
  }

  Future<ApiAnswer> listPeople(ApiCall call) {
    return people.list(call.principal()).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> setRole(ApiCall call) {
    String role = call.body().getString("role");
    return people
        .setRole(
            call.principal(),
            call.number("personId"),
            role == null ? null : Role.of(role),
            call.body().getInteger("clientId"))
        .map(ApiAnswer::ok);
  }

  Future<ApiAnswer> closeAccount(ApiCall call) {
    return people.setClosed(call.principal(), call.number("personId"), true).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> openAccount(ApiCall call) {
    return people.setClosed(call.principal(), call.number("personId"), false).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> listInvitations(ApiCall call) {
    return invitations.list(call.principal()).map(ApiAnswer::ok);
  }

  Future<ApiAnswer> withdrawInvitation(ApiCall call) {
    return invitations
        .withdraw(call.principal(), call.number("invitationId"))
        .map(ApiAnswer.NOTHING);
  }

  Future<ApiAnswer> invite(ApiCall call) {
    JsonObject body = call.body();
    PersonDraft draft = new PersonDraft(body.getString("email"), body.getString("name"));
    Role role = Role.of(body.getString("role"));
    return invitations
        .invite(call.principal(), draft, role, body.getInteger("clientId"))
        .map(sent -> ApiAnswer.created(new NewInvitation(sent)));
  }

  Future<ApiAnswer> makeLink(ApiCall call) {
    return links
        .renew(call.principal(), call.number("personId"))
        .map(sent -> ApiAnswer.ok(new NewLink(sent.mailed(), sent.link(), sent.problem())));
  }
}
