package org.tagwarden.collector.governance.rules;

import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.Authorization.Keepers;
import org.tagwarden.collector.governance.rules.Authorization.Term;

/**
 * What somebody wants to decide: an authorization without who and when.
 *
 * @param reason null when nobody said which kind
 */
public record AuthorizationDraft(
    Scope scope,
    Subject subject,
    Verdict verdict,
    Justification.@Nullable Kind reason,
    String justification,
    Keepers keepers,
    Term term,
    Envelope envelope) {

  public AuthorizationDraft {
    // Forms send two signs at the end of a line, files one: that is no other reason.
    justification = justification.replace("\r\n", "\n");
  }

  /** A plain answer without limits. */
  public static AuthorizationDraft plain(
      Scope scope, Subject subject, Verdict verdict, String justification) {
    return new AuthorizationDraft(
        scope, subject, verdict, null, justification, Keepers.NOBODY, Term.OPEN, Envelope.OPEN);
  }

  /** What a stored one says. */
  public static AuthorizationDraft of(Authorization stored) {
    return new AuthorizationDraft(
        stored.scope(),
        stored.subject(),
        stored.verdict(),
        stored.justification().kind(),
        stored.justification().text(),
        stored.keepers(),
        stored.term(),
        stored.envelope());
  }

  /** The same answer within other limits. */
  public AuthorizationDraft with(Envelope other) {
    return new AuthorizationDraft(
        scope, subject, verdict, reason, justification, keepers, term, other);
  }

  /** The same answer until other days. */
  public AuthorizationDraft with(Term other) {
    return new AuthorizationDraft(
        scope, subject, verdict, reason, justification, keepers, other, envelope);
  }
}
