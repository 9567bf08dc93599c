package org.tagwarden.collector.evidence;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.AuthorizationJson;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Justification;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.governance.rules.Ruling;
import org.tagwarden.collector.governance.rules.Scope;

/** The authorizations as they stood at the period's end, from their history. */
final class HeldAuthorizations {
  private final Authorizations held;
  private final Instant at;

  private HeldAuthorizations(Authorizations held, Instant at) {
    this.held = held;
    this.at = at;
  }

  static HeldAuthorizations of(Snapshot snapshot) throws IOException {
    List<Authorization> held = new ArrayList<>();
    snapshot.each(
        ScriptQueries.AUTHORIZATIONS,
        line -> {
          if (!line.has("withdrawn_at")) held.add(authorization(line, draft(line)));
        });
    // Terms hold to the end of their last day.
    Instant last = snapshot.scope().end().minusMillis(1);
    return new HeldAuthorizations(Authorizations.of(held), last);
  }

  private static AuthorizationDraft draft(Line line) {
    Object site = line.values().get("site_id");
    JsonObject terms = terms(line);
    terms.remove("site"); // a name; the number says which
    return AuthorizationJson.read(terms, line.number("client_id"), (Integer) site);
  }

  @SuppressWarnings("unchecked") // a JSON object of the database
  private static JsonObject terms(Line line) {
    Object terms = Objects.requireNonNull(line.values().get("terms"));
    return new JsonObject((Map<String, Object>) terms).copy();
  }

  private static Authorization authorization(Line line, AuthorizationDraft draft) {
    return new Authorization(
        line.number("authorization_id"),
        line.number("changes"),
        draft.scope(),
        draft.subject(),
        draft.verdict(),
        new Justification(
            draft.reason(),
            draft.justification(),
            line.text("justified_by"),
            Objects.requireNonNull(line.time("justified_at"))),
        new Authorization.Approval(
            line.text("decided_by"),
            line.text("decided_role"),
            Objects.requireNonNull(line.time("decided_at"))),
        draft.keepers(),
        draft.term(),
        draft.envelope());
  }

  /** A line for the reader: every authorization that held at some time of the period. */
  static void lines(Snapshot snapshot, LineSink sink) throws IOException {
    Instant last = snapshot.scope().end().minusMillis(1);
    snapshot.each(
        ScriptQueries.AUTHORIZATIONS,
        line -> {
          AuthorizationDraft draft = draft(line);
          Authorization one = authorization(line, draft);
          String state = one.expired(last) ? "EXPIRED" : "IN FORCE";
          sink.take(
              new Line()
                  .put("authorization", one.id())
                  .put("state", line.has("withdrawn_at") ? "WITHDRAWN" : state)
                  .put("scope", one.scope().siteId() == null ? "every site of the client" : "site")
                  .put("pages", one.scope().pages().word())
                  .put("subject_kind", one.subject().kind().word())
                  .put("subject", one.subject().value())
                  .put("verdict", one.verdict())
                  .put("reason", draft.reason())
                  .put("justification", draft.justification())
                  .put("justified_by", one.justification().by())
                  .put("justified_at", one.justification().at())
                  .put("decided_by", one.approval().by())
                  .put("decided_role", one.approval().role())
                  .put("decided_at", one.approval().at())
                  .put("owner", one.keepers().owner())
                  .put("deputy", one.keepers().deputy())
                  .put("expires_on", one.term().expires())
                  .put("review_on", one.term().review())
                  .put("limits", terms(line).getJsonObject("envelope"))
                  .put("changes", one.version())
                  .put("withdrawn_by", line.values().get("withdrawn_by"))
                  .put("withdrawn_at", line.values().get("withdrawn_at"))
                  .put("withdrawn_because", line.values().get("withdrawn_because")));
        });
  }

  /** By what the thing is allowed or refused: "product stripe, payment pages of this site". */
  private static String terms(Authorization one) {
    String where = one.scope().siteId() == null ? "every site of the client" : "this site";
    String pages = one.scope().pages() == Scope.Pages.PAYMENT ? "payment pages of " : "";
    return one.subject().kind().word() + " " + one.subject().value() + ", " + pages + where;
  }

  /**
   * Says beside a tag or script who allowed it, and why.
   *
   * @param payment whether it is about a payment page
   */
  Line ruled(Line line, boolean payment) {
    Occurrence what =
        new Occurrence(
            line.text("vendor"),
            line.text("tag_key"),
            line.has("script") ? line.text("script") : null,
            line.has("sha256") ? line.text("sha256") : null);
    Ruling ruling = held.rule(what, payment, at);
    @Nullable Authorization one = ruling.deciding() == null ? ruling.lapsed() : ruling.deciding();
    String verdict = ruling.deciding() == null ? "EXPIRED" : ruling.deciding().verdict().name();
    line.put("verdict", one == null ? "NONE" : verdict);
    line.put("authorization", one == null ? null : one.id());
    line.put("authorized_as", one == null ? null : terms(one));
    line.put("justification", one == null ? null : one.justification().text());
    line.put("justified_by", one == null ? null : one.justification().by());
    line.put("justified_at", one == null ? null : one.justification().at());
    line.put("decided_by", one == null ? null : one.approval().by());
    line.put("decided_role", one == null ? null : one.approval().role());
    line.put("decided_at", one == null ? null : one.approval().at());
    line.put("expires_on", one == null ? null : one.term().expires());
    return line;
  }
}
