package org.tagwarden.collector.checks;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.Authorizations;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.governance.rules.PaymentPage;
import org.tagwarden.collector.governance.rules.Ruling;
import org.tagwarden.collector.vendors.Recognition;
import org.tagwarden.report.PageVisit;

/**
 * What a check looks at.
 *
 * @param recognition the visit's tags
 * @param authorizations what was decided about tags and scripts of this site
 * @param scriptBody text of a script by its SHA-256; answers null when it is not stored
 * @param judgedAt the time at which decisions have to hold: the visit's start, or later when it is
 *     judged again
 */
public record Visited(
    PageVisit visit,
    Recognition recognition,
    Authorizations authorizations,
    Function<String, @Nullable String> scriptBody,
    Instant judgedAt) {

  /** Which authorization decides about that on this visit. */
  Ruling rule(Occurrence what) {
    return authorizations.rule(what, PaymentPage.is(visit), judgedAt);
  }
}
