package org.tagwarden.report;

import java.util.List;

/**
 * How to answer a site's consent banner where the usual rules fail.
 *
 * @param accept steps that accept everything; empty to leave it to the usual rules
 * @param reject steps that reject everything; empty to leave it to the usual rules
 */
public record ConsentRecipe(List<JourneyStep> accept, List<JourneyStep> reject) {
  /** Leaves it to the usual rules. */
  public static final ConsentRecipe NONE = new ConsentRecipe(List.of(), List.of());

  public ConsentRecipe {
    accept = Require.list(accept, "consentRecipe.accept");
    reject = Require.list(reject, "consentRecipe.reject");
  }
}
