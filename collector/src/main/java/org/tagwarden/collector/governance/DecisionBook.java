package org.tagwarden.collector.governance;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.AuditLog;
import org.tagwarden.collector.access.Origin;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.findings.FindingLedger;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;

/**
 * Decisions about one tag or script of one site, as the tag's page and the API take them: the plain
 * way into the {@link AuthorizationBook}, which holds them.
 */
public final class DecisionBook {
  private final Database database;
  private final AuthorizationBook book;

  public DecisionBook(Database database, AuthorizationBook book) {
    this.database = database;
    this.book = book;
  }

  /** With a book of its own. */
  public DecisionBook(Database database, FindingLedger findings, Clock clock) {
    this(database, new AuthorizationBook(database, findings, new AuditLog(clock), clock));
  }

  /**
   * Takes a decision down and resolves the findings that it settles: all in one transaction.
   * Limits, owners and dates of an authorization that is there already stay. Refused when there is
   * no such site. A tag may be decided about before it was ever seen.
   */
  public Future<Decided> decide(DecisionOrder order, Origin from) {
    return clientOf(order.siteId())
        .compose(
            client ->
                book.ofSite(order.siteId())
                    .map(made -> change(order, client, made.authorizations())))
        .compose(
            change -> book.save(change, new Decider(order.personId(), order.personName(), from)))
        .map(saved -> new Decided(saved.changeIds().get(0), saved.resolvedFindings()));
  }

  /** Likewise, as the program's own doing. */
  public Future<Decided> decide(DecisionOrder order) {
    return decide(order, Origin.PROGRAM);
  }

  /** Likewise, whatever was decided meanwhile. */
  public Future<Saved> decide(
      int siteId,
      List<DecisionSubject> subjects,
      DecisionState state,
      String justification,
      Decider decider) {
    return decide(siteId, subjects, state, justification, decider, null);
  }

  /**
   * The same answer about several at once, all or nothing, with one justification.
   *
   * @param seenVersion of the site's decisions ({@link SiteDecisions#version()}) that were looked
   *     at: what somebody else decided since about one of them refuses all. Null: whatever holds
   */
  public Future<Saved> decide(
      int siteId,
      List<DecisionSubject> subjects,
      DecisionState state,
      String justification,
      Decider decider,
      @Nullable Integer seenVersion) {
    if (subjects.isEmpty()) {
      return Future.failedFuture(Refusal.invalid("tag", "Select the tags that it is about."));
    }
    return clientOf(siteId)
        .compose(
            client ->
                book.ofSite(siteId)
                    .compose(
                        made -> {
                          List<AuthorizationOrder> orders = new ArrayList<>();
                          for (DecisionSubject subject : subjects) {
                            DecisionOrder order =
                                new DecisionOrder(
                                    siteId,
                                    subject,
                                    state,
                                    justification,
                                    decider.personId(),
                                    decider.name());
                            orders.add(change(order, client, made.authorizations()));
                          }
                          // After the versions were read: who decides later is told when saving.
                          return unchangedSince(siteId, subjects, seenVersion)
                              .compose(done -> book.save(client, orders, List.of(), decider));
                        }));
  }

  private Future<Void> unchangedSince(
      int siteId, List<DecisionSubject> subjects, @Nullable Integer seenVersion) {
    if (seenVersion == null) return Future.succeededFuture();
    return book.history(siteId, subjects.stream().map(DecisionSubject::subject).toList())
        .map(
            changes -> {
              for (AuthorizationChange change : changes) {
                if (change.id() > seenVersion) throw AuthorizationWriting.late(change);
              }
              return null;
            });
  }

  private static AuthorizationOrder change(
      DecisionOrder order, int client, Authorizations authorizations) {
    Scope scope = Scope.site(client, order.siteId());
    Subject subject = order.subject().subject();
    Verdict verdict = Verdict.valueOf(order.state().name());
    for (Authorization held : authorizations.all()) {
      if (!held.scope().equals(scope) || !held.subject().equals(subject)) continue;
      AuthorizationDraft draft =
          new AuthorizationDraft(
              scope,
              subject,
              verdict,
              held.justification().kind(),
              order.justification(),
              held.keepers(),
              held.term(),
              held.envelope());
      return new AuthorizationOrder(draft, held.version());
    }
    return new AuthorizationOrder(
        AuthorizationDraft.plain(scope, subject, verdict, order.justification()), 0);
  }

  /** What holds for a site now. */
  public Future<SiteDecisions> of(int siteId) {
    return book.ofSite(siteId);
  }

  /** The newest decision's number, to compare with {@link SiteDecisions#version()}. */
  public Future<Integer> version(SqlClient client, int siteId) {
    return AuthorizationReading.version(client, siteId);
  }

  /** A subject's decisions, the newest first. */
  public Future<List<DecisionRecord>> history(int siteId, DecisionSubject subject) {
    return book.history(siteId, List.of(subject.subject()))
        .map(
            changes ->
                changes.stream()
                    .filter(c -> c.action() != AuthorizationChange.Action.WITHDRAWN)
                    .map(
                        change ->
                            new DecisionRecord(
                                change.id(),
                                subject,
                                DecisionState.valueOf(change.verdict().name()),
                                change.justification(),
                                change.by(),
                                change.at()))
                    .toList());
  }

  private Future<Integer> clientOf(int siteId) {
    return database
        .pool()
        .preparedQuery(GovernanceQueries.CLIENT_OF_SITE)
        .execute(Tuple.of(siteId))
        .map(
            rows -> {
              if (rows.size() == 0) throw Refusal.notFound("There is no site " + siteId + ".");
              return rows.iterator().next().getInteger("client_id");
            });
  }
}
