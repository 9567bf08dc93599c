package org.tagwarden.collector.access;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.db.SqlTime;

/**
 * Invitations by address. Nothing that the inviting side sees depends on whether somebody has an
 * account by that address: not the answer, not the mail, not the time. Accepting is with {@link
 * Acceptance}.
 */
public final class Invitations {
  private static final Logger LOG = LoggerFactory.getLogger(Invitations.class);
  private static final Duration LIFE = Duration.ofDays(7);
  private static final int OF_INVITER = 100;
  private static final int TO_ADDRESS = 5;

  private final Database database;
  private final AuditLog audit;
  private final @Nullable DoorMail mail;
  private final String publicUrl;
  private final Clock clock;

  /** In an hour: this server is nobody's to flood strangers with. */
  private final CallLimit ofInviter;

  private final CallLimit toAddress;

  /**
   * @param mail null: there is no mail server
   * @param publicUrl where the links lead, without a slash at the end
   */
  public Invitations(
      Database database, AuditLog audit, @Nullable DoorMail mail, String publicUrl, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.mail = mail;
    this.publicUrl = publicUrl;
    this.clock = clock;
    this.ofInviter = new CallLimit(clock, OF_INVITER, Duration.ofHours(1));
    this.toAddress = new CallLimit(clock, TO_ADDRESS, Duration.ofHours(1));
  }

  /**
   * What became of an invitation.
   *
   * @param mailed whether the mail server took it
   * @param link to be handed over instead; null when it was mailed
   * @param problem why it was not mailed, when there is a mail server
   */
  public record Sent(
      Invitation invitation, boolean mailed, @Nullable String link, @Nullable String problem) {
    /** Without the link, for logs. */
    @Override
    public String toString() {
      return "Sent[" + invitation.email() + ", mailed " + mailed + "]";
    }
  }

  /** Offers a role; an earlier offer to the same address for the same client is replaced. */
  public Future<Sent> invite(
      Principal by, PersonDraft draft, Role role, @Nullable Integer clientId) {
    Memberships.requireAdmin(by, role, clientId);
    if (!ofInviter.take(by.origin().way() + " " + by.origin().id())
        || !toAddress.take(draft.email() + " " + clientId)) {
      throw Refusal.of(Refusal.Kind.TOO_MANY, "Too many invitations for now: go on in an hour.");
    }
    String token = SecretToken.generate();
    return database
        .inTransaction(
            connection ->
                requireClient(connection, clientId)
                    .compose(client -> unlessMember(connection, draft.email(), clientId))
                    .compose(free -> insert(connection, by, draft, role, clientId, token))
                    .compose(
                        id ->
                            audit
                                .write(connection, entry(by, draft, role, clientId))
                                .compose(done -> one(connection, by, id))))
        .compose(made -> send(made, publicUrl + "/invitation/" + token));
  }

  private AuditEntry entry(Principal by, PersonDraft draft, Role role, @Nullable Integer clientId) {
    return AuditEntry.of(by, clientId, "invite", draft.email())
        .made(
            Map.of(
                "email", draft.email(),
                "name", draft.name(),
                "role", role.word(),
                "hours", LIFE.toHours(),
                "mail", mail != null));
  }

  static Future<Void> requireClient(SqlClient connection, @Nullable Integer clientId) {
    if (clientId == null) return Future.succeededFuture();
    return connection
        .preparedQuery(InvitationQueries.CLIENT)
        .execute(tuple(clientId))
        .map(
            rows -> {
              if (rows.size() == 1) return null;
              throw Refusal.invalid("clientId", "There is no such client.");
            });
  }

  /** Told only of people whom whoever invites sees among the client's people. */
  private static Future<Void> unlessMember(
      SqlClient connection, String email, @Nullable Integer clientId) {
    return connection
        .preparedQuery(InvitationQueries.IS_MEMBER)
        .execute(tuple(email, clientId))
        .map(
            rows -> {
              if (!rows.iterator().next().getBoolean("there")) return null;
              throw Refusal.invalid(
                  "email", email + " has a role here already: change it on that person's page.");
            });
  }

  private Future<Integer> insert(
      SqlClient connection,
      Principal by,
      PersonDraft draft,
      Role role,
      @Nullable Integer clientId,
      String token) {
    Integer apiToken = by.origin().way() == Origin.Way.TOKEN ? by.origin().id() : null;
    return connection
        .preparedQuery(InvitationQueries.INVITE)
        .execute(
            tuple(
                SecretToken.sha256(token),
                draft.email(),
                draft.name(),
                clientId,
                role.word(),
                by.personId(),
                apiToken,
                by.name(),
                SqlTime.now(clock),
                SqlTime.of(clock.instant().plus(LIFE))))
        .map(rows -> rows.iterator().next().getInteger("id"));
  }

  /** The mail goes out beside the answer's transaction: a mail server may take its time. */
  private Future<Sent> send(Invitation made, String link) {
    DoorMail through = mail;
    if (through == null) return Future.succeededFuture(new Sent(made, false, link, null));
    return through
        .invite(made, link)
        .map(done -> new Sent(made, true, null, null))
        .recover(
            e -> {
              LOG.warn("A mail to {} was not taken by {}", made.email(), through.server(), e);
              return Future.succeededFuture(new Sent(made, false, link, through.refused(e)));
            });
  }

  /** Sends an invitation again, with a new link and its whole time. */
  public Future<Sent> again(Principal by, int id) {
    return one(database.pool(), by, id)
        .compose(
            old ->
                invite(by, new PersonDraft(old.email(), old.name()), old.role(), old.clientId()));
  }

  /** Takes an invitation back: its link opens nothing any more. */
  public Future<Void> withdraw(Principal by, int id) {
    return database.inTransaction(
        connection ->
            one(connection, by, id)
                .compose(
                    was ->
                        connection
                            .preparedQuery(InvitationQueries.DELETE)
                            .execute(tuple(id))
                            .compose(
                                rows ->
                                    rows.rowCount() == 1
                                        ? audit.write(connection, withdrawn(by, was))
                                        : Future.failedFuture(unknown()))));
  }

  private static AuditEntry withdrawn(Principal by, Invitation was) {
    return AuditEntry.of(by, was.clientId(), "withdraw invitation", was.email())
        .gone(Map.of("role", was.role().word(), "invitedBy", was.invitedBy()));
  }

  /** Those of the clients that the principal administers, the oldest first. */
  public Future<List<Invitation>> list(Principal by) {
    return database
        .pool()
        .preparedQuery(InvitationQueries.IN_SCOPE)
        .execute(tuple(by.scope(Role.ADMIN).parameter()))
        .map(
            rows -> {
              List<Invitation> invitations = new ArrayList<>();
              for (Row row : rows) invitations.add(invitation(row));
              return invitations;
            });
  }

  private static Future<Invitation> one(SqlClient connection, Principal by, int id) {
    return connection
        .preparedQuery(InvitationQueries.ONE)
        .execute(tuple(id, by.scope(Role.ADMIN).parameter()))
        .map(
            rows -> {
              if (rows.size() == 1) return invitation(rows.iterator().next());
              throw unknown();
            });
  }

  private static Refusal unknown() {
    return Refusal.notFound("There is no such invitation: it was accepted or withdrawn.");
  }

  /** What a link's token offers, without accepting it. */
  public Future<Invitation> open(String token) {
    return open(database.pool(), token, clock);
  }

  static Future<Invitation> open(SqlClient connection, String token, Clock clock) {
    return connection
        .preparedQuery(InvitationQueries.OF_TOKEN)
        .execute(tuple(SecretToken.sha256(token), SqlTime.now(clock)))
        .map(Invitations::offered);
  }

  private static Invitation offered(RowSet<Row> rows) {
    if (rows.size() == 1) return invitation(rows.iterator().next());
    throw Refusal.notFound(
        "This invitation was accepted or withdrawn, or is too old. Ask whoever invited you for a"
            + " new one.");
  }

  private static Invitation invitation(Row row) {
    return new Invitation(
        row.getInteger("id"),
        row.getString("email"),
        row.getString("name"),
        row.getInteger("client_id"),
        row.getString("client"),
        Role.of(row.getString("role")),
        row.getInteger("invited_by"),
        row.getString("invited_by_name"),
        SqlTime.instant(row, "created_at"),
        SqlTime.instant(row, "expires_at"));
  }

  /** Spends it, within the transaction of whoever accepts: for exactly one of two. */
  static Future<Invitation> take(SqlConnection connection, String token, Clock clock) {
    return open(connection, token, clock)
        .compose(
            offered ->
                connection
                    .preparedQuery(InvitationQueries.DELETE)
                    .execute(tuple(offered.id()))
                    .map(
                        rows -> {
                          if (rows.rowCount() == 1) return offered;
                          throw unknown();
                        }));
  }
}
