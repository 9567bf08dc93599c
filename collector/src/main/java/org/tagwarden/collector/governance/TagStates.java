package org.tagwarden.collector.governance;

import java.time.Instant;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.governance.rules.Verdict;

/**
 * What is decided about the tags of a site, at one time: about each tag as such. Authorizations of
 * single scripts, addresses and payment pages are more than a word can say, and left out.
 */
public final class TagStates {
  public static final String APPROVED = Verdict.APPROVED.name();
  public static final String UNDECIDED = "UNDECIDED";

  private final Authorizations authorizations;
  private final Instant at;

  public TagStates(Authorizations authorizations, Instant at) {
    this.authorizations = authorizations;
    this.at = at;
  }

  /** APPROVED, REFUSED, PENDING or UNDECIDED. */
  public String of(String vendor, String tagKey) {
    Verdict verdict =
        authorizations.rule(new Occurrence(vendor, tagKey, null, null), false, at).verdict();
    return verdict == null ? UNDECIDED : verdict.name();
  }
}
