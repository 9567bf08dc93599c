package org.tagwarden.collector.access;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.db.SqlValues;

/** API tokens: made, listed, withdrawn, recognised. */
public final class ApiTokens {
  private static final Logger LOG = LoggerFactory.getLogger(ApiTokens.class);

  /** Tokens begin with it, so that secret scanners of code hosts can find them. */
  private static final String PREFIX = "tw_";

  private static final int LONGEST_NAME = 100;

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;

  public ApiTokens(Database database, AuditLog audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /** A token that was just made, with its secret, which is never shown again. */
  public record Made(ApiToken token, String secret) {
    /** Without the secret, for logs. */
    @Override
    public String toString() {
      return "Made[" + token + "]";
    }
  }

  /**
   * What is asked for.
   *
   * @param clientId null: all clients
   * @param siteId one site of that client; null: all of its sites
   * @param expiresAt null: never
   */
  public record Draft(
      String name,
      Role role,
      @Nullable Integer clientId,
      @Nullable Integer siteId,
      @Nullable Instant expiresAt) {
    /** For all sites of the client. */
    public Draft(String name, Role role, @Nullable Integer clientId, @Nullable Instant expiresAt) {
      this(name, role, clientId, null, expiresAt);
    }

    public Draft {
      name = name.strip();
      if (name.isEmpty() || name.length() > LONGEST_NAME) {
        throw Refusal.invalid(
            "name", "Give the token a name of at most " + LONGEST_NAME + " characters.");
      }
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw Refusal.invalid("name", "Write the name on one line.");
      }
      if (role == Role.SCANNER && clientId != null) {
        throw Refusal.invalid("clientId", "A scanner works for all clients: leave the client out.");
      }
      if (siteId != null && clientId == null) {
        throw Refusal.invalid("clientId", "A token for one site needs that site's client.");
      }
    }
  }

  /** A new token, if the principal is an administrator of what it opens. */
  public Future<Made> create(Principal by, Draft draft) {
    if (draft.clientId() == null) by.requireEverywhere(Role.ADMIN);
    else by.require(Role.ADMIN, draft.clientId());
    if (draft.expiresAt() != null && !draft.expiresAt().isAfter(clock.instant())) {
      return Future.failedFuture(
          Refusal.invalid("expiresAt", "The expiry lies in the past: choose a later time."));
    }
    return create(
        by.personId(), draft, AuditEntry.of(by, draft.clientId(), "create token", draft.name()));
  }

  /** As {@link #create}, for the program itself: the token of its own scanner. */
  public Future<Made> createUnasked(String who, @Nullable Integer personId, Draft draft) {
    return create(
        personId,
        draft,
        AuditEntry.of(who, Origin.PROGRAM, draft.clientId(), "create token", draft.name()));
  }

  private Future<Made> create(@Nullable Integer personId, Draft draft, AuditEntry entry) {
    String secret = PREFIX + SecretToken.generate();
    return database.inTransaction(
        connection ->
            Invitations.requireClient(connection, draft.clientId())
                .compose(there -> insert(connection, draft, secret, personId, entry.from()))
                .map(token -> new Made(token, secret))
                .compose(
                    made -> audit.write(connection, entry.made(said(made.token()))).map(made)));
  }

  /** A site of another client is as unknown as one that does not exist. */
  private Future<ApiToken> insert(
      SqlClient connection, Draft draft, String secret, @Nullable Integer personId, Origin from) {
    // A token made by a token is its maker's: it stops when that one does.
    Integer madeBy = from.way() == Origin.Way.TOKEN ? from.id() : null;
    return connection
        .preparedQuery(AccessQueries.INSERT_TOKEN)
        .execute(
            SqlValues.tuple(
                SecretToken.sha256(secret),
                draft.name(),
                draft.clientId(),
                draft.role().word(),
                personId,
                SqlTime.now(clock),
                draft.expiresAt() == null ? null : SqlTime.of(draft.expiresAt()),
                draft.siteId(),
                madeBy))
        .map(
            rows -> {
              if (rows.rowCount() == 1) return token(rows.iterator().next());
              throw Refusal.invalid("siteId", "This client has no such site.");
            });
  }

  /** The tokens of the clients that the principal administers. */
  public Future<List<ApiToken>> list(Principal by) {
    return database
        .pool()
        .preparedQuery(AccessQueries.TOKENS_IN_SCOPE)
        .execute(Tuple.of(by.scope(Role.ADMIN).parameter()))
        .map(
            rows -> {
              List<ApiToken> tokens = new ArrayList<>();
              for (Row row : rows) tokens.add(token(row));
              return tokens;
            });
  }

  /** Withdraws a token at once. */
  public Future<Void> withdraw(Principal by, int id) {
    return database.inTransaction(
        connection ->
            connection
                .preparedQuery(AccessQueries.DELETE_TOKEN)
                .execute(Tuple.of(id, by.scope(Role.ADMIN).parameter()))
                .compose(
                    rows ->
                        rows.rowCount() == 1
                            ? audit.write(connection, withdrawn(by, token(rows.iterator().next())))
                            : Future.failedFuture(
                                Refusal.notFound("There is no token " + id + "."))));
  }

  private static AuditEntry withdrawn(Principal by, ApiToken token) {
    return AuditEntry.of(by, token.clientId(), "withdraw token", token.name()).gone(said(token));
  }

  private static Map<String, Object> said(ApiToken token) {
    Map<String, Object> said = new HashMap<>();
    said.put("id", token.id());
    said.put("role", token.role().word());
    if (token.siteId() != null) said.put("siteId", token.siteId());
    if (token.expiresAt() != null) said.put("expiresAt", token.expiresAt());
    return said;
  }

  /** The token of a secret, unless it is unknown or has expired. Notes that it was used. */
  public Future<Optional<ApiToken>> find(String secret) {
    return database
        .pool()
        .preparedQuery(AccessQueries.TOKEN)
        .execute(Tuple.of(SecretToken.sha256(secret), SqlTime.now(clock)))
        .map(
            rows -> {
              if (rows.rowCount() == 0) return Optional.empty();
              ApiToken token = token(rows.iterator().next());
              noteUse(token);
              return Optional.of(token);
            });
  }

  /** Beside the request: nobody waits for it. */
  private void noteUse(ApiToken token) {
    database
        .pool()
        .preparedQuery(AccessQueries.TOKEN_USED)
        .execute(Tuple.of(token.id(), SqlTime.now(clock)))
        .onFailure(e -> LOG.warn("Last use of token {} was not noted", token.id(), e));
  }

  private static ApiToken token(Row row) {
    return new ApiToken(
        row.getInteger("id"),
        row.getString("name"),
        row.getInteger("client_id"),
        row.getInteger("site_id"),
        Role.of(row.getString("role")),
        SqlTime.instant(row, "created_at"),
        SqlTime.instantOrNull(row, "expires_at"),
        SqlTime.instantOrNull(row, "last_used_at"),
        row.getBoolean("stopped"),
        row.getString("made_by"));
  }
}
