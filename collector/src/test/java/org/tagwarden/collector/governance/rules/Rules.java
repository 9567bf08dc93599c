package org.tagwarden.collector.governance.rules;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.tagwarden.collector.governance.rules.Authorization.Approval;
import org.tagwarden.collector.governance.rules.Authorization.Keepers;
import org.tagwarden.collector.governance.rules.Authorization.Term;

/** Authorizations for tests, each with an id of its own. */
public final class Rules {
  public static final Instant DECIDED = Instant.parse("2026-03-01T09:00:00Z");
  private static final AtomicInteger IDS = new AtomicInteger();

  private Rules() {}

  public static Authorization rule(Scope scope, Subject subject, Verdict verdict) {
    return rule(scope, subject, verdict, Term.OPEN, Envelope.OPEN);
  }

  public static Authorization rule(
      Scope scope, Subject subject, Verdict verdict, Term term, Envelope envelope) {
    return new Authorization(
        IDS.incrementAndGet(),
        1,
        scope,
        subject,
        verdict,
        new Justification(Justification.Kind.BUSINESS, "Needed for sales.", "Ida", DECIDED),
        new Approval("Ida", "approver", DECIDED),
        Keepers.NOBODY,
        term,
        envelope);
  }
}
