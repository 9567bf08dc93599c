package org.tagwarden.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a journey as people write it in YAML (or JSON): a name and steps in words. Whoever holds
 * the text parses it with a YAML parser of their own and hands over the tree.
 */
public final class JourneyReader {
  private static final int MOST_STEPS = 200;
  private static final String EXAMPLE =
      "name: Buy a pair of shoes, then steps: with - open: https://shop.example/ and so on";

  private JourneyReader() {}

  /** Reads a whole journey; {@link InvalidJourneyException} names the step that is wrong. */
  public static Journey read(JsonNode tree) {
    if (!tree.isObject())
      throw new InvalidJourneyException(
          "This is no journey: it needs a name and steps, for example " + EXAMPLE + ".");
    for (var fields = tree.fieldNames(); fields.hasNext(); ) {
      String field = fields.next();
      if (!field.equals("name") && !field.equals("steps"))
        throw new InvalidJourneyException(
            "A journey has a name and steps, but no \"" + field + "\".");
    }
    String name = tree.path("name").asText("").strip();
    if (name.isEmpty())
      throw new InvalidJourneyException(
          "The journey has no name: begin with, for example, name: Buy a pair of shoes.");
    return new Journey(name, steps(tree.path("steps")));
  }

  /** Reads a list of steps alone, for example of a recipe for a consent banner. */
  public static List<JourneyStep> steps(JsonNode list) {
    if (!list.isArray() || list.isEmpty())
      throw new InvalidJourneyException(
          "The journey has no steps: list them under steps:, each on a line of its own that begins"
              + " with a dash, for example - open: https://shop.example/.");
    if (list.size() > MOST_STEPS)
      throw new InvalidJourneyException(
          "A journey has at most "
              + MOST_STEPS
              + " steps, this one has "
              + list.size()
              + ": make two of it.");
    List<JourneyStep> steps = new ArrayList<>();
    for (JsonNode step : list) {
      try {
        steps.add(StepReader.read(step));
      } catch (StepReader.Refused e) {
        throw new InvalidJourneyException("Step " + (steps.size() + 1) + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(steps);
  }
}
