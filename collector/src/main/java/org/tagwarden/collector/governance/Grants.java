package org.tagwarden.collector.governance;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.db.Database;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Verdict;

/** Answers to requests that are authorizations: both are saved, or neither. */
public final class Grants {
  private static final int LONGEST = 4_000;

  private final Database database;
  private final AuthorizationBook book;
  private final TagRequests requests;

  public Grants(Database database, AuthorizationBook book, TagRequests requests) {
    this.database = database;
    this.book = book;
    this.requests = requests;
  }

  /**
   * Saves the authorization and answers the request with it: an approval grants it, a refusal
   * declines it, and what is pending leaves it open. For approvers; the second of two who answer is
   * told what the first said, and nothing of theirs is saved.
   *
   * @param answer for who asked; the justification is said when it is blank
   */
  public Future<Saved> save(Principal by, int requestId, AuthorizationOrder order, String answer) {
    AuthorizationDraft draft = order.draft();
    String said = answer.isBlank() ? draft.justification() : answer.strip();
    if (said.length() > LONGEST) {
      throw Refusal.invalid("answer", "At most " + LONGEST + " characters.");
    }
    return database.inTransaction(
        tx ->
            // The request first: its row is locked before those of sites, and the log last.
            requests
                .hold(tx, by, requestId)
                .compose(
                    request -> {
                      check(request, draft);
                      return book.save(
                              tx, request.clientId(), List.of(order), List.of(), Decider.of(by))
                          .compose(saved -> answered(tx, by, request, draft, saved, said));
                    }));
  }

  private Future<Saved> answered(
      SqlConnection tx,
      Principal by,
      TagRequest request,
      AuthorizationDraft draft,
      Saved saved,
      String said) {
    if (draft.verdict() == Verdict.PENDING) return Future.succeededFuture(saved);
    RequestState state =
        draft.verdict() == Verdict.APPROVED ? RequestState.GRANTED : RequestState.DECLINED;
    return requests.close(tx, by, request, state, said, saved.authorizationIds().get(0)).map(saved);
  }

  private static void check(TagRequest request, AuthorizationDraft draft) {
    boolean here =
        draft.scope().clientId() == request.clientId() && draft.scope().holdsOn(request.siteId());
    if (!here) {
      throw Refusal.invalid(
          "site", "The request is about " + request.siteName() + ": choose that site, or all.");
    }
  }
}
