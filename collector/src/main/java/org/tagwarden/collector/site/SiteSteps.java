package org.tagwarden.collector.site;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.ConsentRecipe;
import org.tagwarden.report.Journey;

/**
 * The steps that a site's scanners take beside visiting pages, as YAML the way people wrote it.
 *
 * @param consentRecipe how its consent banner is answered where the usual rules fail; may be empty
 * @param journeys taken after the pages; may be empty
 * @param signIn taken once before everything else; may be empty
 */
public record SiteSteps(String consentRecipe, String journeys, String signIn) {
  /** None. */
  public static final SiteSteps NONE = new SiteSteps("", "", "");

  public SiteSteps {
    consentRecipe = consentRecipe.strip();
    journeys = journeys.strip();
    signIn = signIn.strip();
  }

  /** The recipe; a {@link org.tagwarden.collector.Refusal} says what is wrong with it. */
  ConsentRecipe readRecipe() {
    return StepsYaml.recipe(consentRecipe);
  }

  /** The journeys, likewise. */
  public List<Journey> readJourneys() {
    return StepsYaml.journeys(journeys);
  }

  /** The sign-in, likewise; null for none. */
  @Nullable Journey readSignIn() {
    return StepsYaml.signIn(signIn);
  }
}
