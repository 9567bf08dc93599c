package org.tagwarden.report;

import java.util.List;

/**
 * Scripted steps over several pages, as a visitor would take them.
 *
 * @param name for people, unique within a site
 * @param steps in order, at least one
 */
public record Journey(String name, List<JourneyStep> steps) {
  public Journey {
    Require.notBlank(name, "journey.name");
    steps = Require.list(steps, "journey.steps");
    Require.that(!steps.isEmpty(), "journey.steps", "is empty");
  }
}
