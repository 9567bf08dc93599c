package org.tagwarden.collector.governance.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;

/**
 * What an accountable person decided about a subject, where and within which limits.
 *
 * @param id 0 while it is not stored
 * @param version counts its changes, so that the second of two people who change it at once is told
 */
public record Authorization(
    int id,
    int version,
    Scope scope,
    Subject subject,
    Verdict verdict,
    Justification justification,
    Approval approval,
    Keepers keepers,
    Term term,
    Envelope envelope) {

  /**
   * Who decided.
   *
   * @param role as which; empty when an older history does not say it
   */
  public record Approval(String by, String role, Instant at) {}

  /**
   * Who looks after it: names or e-mail addresses, "" for nobody.
   *
   * @param deputy when the owner is away
   */
  public record Keepers(String owner, String deputy) {
    public static final Keepers NOBODY = new Keepers("", "");
    private static final int LONGEST = 200;

    public Keepers {
      owner = owner.strip();
      deputy = deputy.strip();
      if (owner.length() > LONGEST) throw Refusal.invalid("owner", "At most 200 characters.");
      if (deputy.length() > LONGEST) throw Refusal.invalid("deputy", "At most 200 characters.");
    }
  }

  /**
   * Until when; days are UTC days and hold to their end.
   *
   * @param expires the last day; null: without end
   * @param review the day by which somebody looks at it again
   */
  public record Term(@Nullable LocalDate expires, @Nullable LocalDate review) {
    public static final Term OPEN = new Term(null, null);

    boolean expired(Instant at) {
      return isPast(expires, at);
    }

    boolean reviewOverdue(Instant at) {
      return isPast(review, at);
    }

    private static boolean isPast(@Nullable LocalDate day, Instant at) {
      return day != null && day.isBefore(LocalDate.ofInstant(at, ZoneOffset.UTC));
    }
  }

  /** Whether it counts no more. */
  public boolean expired(Instant at) {
    return term.expired(at);
  }

  /** Whether nobody has looked at it by the day that was set. */
  public boolean reviewOverdue(Instant at) {
    return term.reviewOverdue(at);
  }
}
