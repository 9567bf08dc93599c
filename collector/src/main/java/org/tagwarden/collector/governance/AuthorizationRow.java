package org.tagwarden.collector.governance;

import static org.tagwarden.collector.db.SqlValues.tuple;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlTime;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorization.Approval;
import org.tagwarden.collector.governance.rules.Authorization.Keepers;
import org.tagwarden.collector.governance.rules.Authorization.Term;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Justification;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;

/** Between an authorization and its row. */
final class AuthorizationRow {
  private AuthorizationRow() {}

  static Authorization read(Row row) {
    String reason = row.getString("reason");
    return new Authorization(
        row.getInteger("id"),
        row.getInteger("version"),
        new Scope(
            row.getInteger("client_id"),
            row.getInteger("site_id"),
            Scope.Pages.valueOf(row.getString("pages"))),
        subject(row),
        Verdict.valueOf(row.getString("verdict")),
        new Justification(
            reason == null ? null : Justification.Kind.valueOf(reason),
            row.getString("justification"),
            row.getString("justified_by"),
            SqlTime.instant(row, "justified_at")),
        new Approval(
            row.getString("decided_by_name"),
            row.getString("decided_by_role"),
            SqlTime.instant(row, "decided_at")),
        new Keepers(row.getString("owner"), row.getString("deputy")),
        new Term(row.getLocalDate("expires_on"), row.getLocalDate("review_on")),
        EnvelopeJson.read(row.getJsonObject("envelope")));
  }

  static Subject subject(Row row) {
    return new Subject(
        Subject.Kind.valueOf(row.getString("subject_kind")), row.getString("subject"));
  }

  /** By which the one that holds is found. */
  static Tuple identity(AuthorizationDraft draft) {
    return tuple(
        draft.scope().clientId(),
        draft.scope().siteId(),
        draft.scope().pages().name(),
        draft.subject().kind().name(),
        draft.subject().value());
  }

  /**
   * @param before what it replaces, whose justification stays its author's while its words stay
   */
  static Tuple values(
      AuthorizationDraft draft,
      @Nullable Authorization before,
      Decider decider,
      String role,
      Instant now) {
    Tuple values = before == null ? identity(draft) : tuple(before.id());
    Justification why = justification(draft, before, decider, now);
    Object[] rest = {
      draft.verdict().name(),
      why.kind() == null ? null : why.kind().name(),
      why.text(),
      why.by(),
      SqlTime.of(why.at()),
      decider.personId(),
      decider.name(),
      role,
      SqlTime.of(now),
      draft.keepers().owner(),
      draft.keepers().deputy(),
      draft.term().expires(),
      draft.term().review(),
      EnvelopeJson.write(draft.envelope())
    };
    for (Object value : rest) values.addValue(value);
    return values;
  }

  static Justification justification(
      AuthorizationDraft draft, @Nullable Authorization before, Decider decider, Instant now) {
    Justification fresh =
        new Justification(draft.reason(), draft.justification(), decider.name(), now);
    if (before == null) return fresh;
    Justification old = before.justification();
    boolean same =
        old.kind() == fresh.kind()
            && old.text().equals(fresh.text())
            && before.verdict() == draft.verdict();
    return same ? old : fresh;
  }

  /** As the history keeps it. */
  static JsonObject terms(AuthorizationDraft draft) {
    return AuthorizationJson.write(draft, null);
  }
}
