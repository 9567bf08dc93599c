package org.tagwarden.collector.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.report.ConsentRecipe;
import org.tagwarden.report.ElementSelector;
import org.tagwarden.report.InvalidJourneyException;
import org.tagwarden.report.Journey;
import org.tagwarden.report.JourneyReader;
import org.tagwarden.report.JourneyStep;

/**
 * Reads the steps that people wrote as YAML. Each error is a {@link Refusal} that names the field
 * and, where it is one, the step.
 */
final class StepsYaml {
  private static final int LONGEST = 100_000;
  private static final int MOST_JOURNEYS = 50;

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .build();

  private StepsYaml() {}

  /** The journeys: YAML documents, separated by a line with three dashes, or one list. */
  static List<Journey> journeys(String text) {
    String field = "journeys";
    List<Journey> journeys = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode tree : documents(field, text)) {
      Iterable<JsonNode> list = tree.isArray() ? tree : List.of(tree);
      for (JsonNode one : list) {
        Journey journey = journey(field, one, journeys.size() + 1);
        if (!names.add(journey.name())) {
          throw Refusal.invalid(field, "There are two journeys \"" + journey.name() + "\".");
        }
        journeys.add(journey);
      }
    }
    if (journeys.size() > MOST_JOURNEYS) {
      throw Refusal.invalid(field, "At most " + MOST_JOURNEYS + " journeys.");
    }
    return List.copyOf(journeys);
  }

  /** The sign-in; null when the text is empty. */
  static @Nullable Journey signIn(String text) {
    String field = "signIn";
    List<JsonNode> trees = documents(field, text);
    if (trees.isEmpty()) return null;
    if (trees.size() > 1) throw Refusal.invalid(field, "There is one sign-in, not several.");
    return journey(field, trees.get(0), 1);
  }

  /** The recipe: steps under accept, under reject, or both. */
  static ConsentRecipe recipe(String text) {
    String field = "recipe";
    List<JsonNode> trees = documents(field, text);
    if (trees.isEmpty()) return ConsentRecipe.NONE;
    JsonNode tree = trees.get(0);
    if (trees.size() > 1 || !tree.isObject()) throw noRecipe();
    for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
      if (!Set.of("accept", "reject").contains(names.next())) throw noRecipe();
    }
    return new ConsentRecipe(answer(field, tree, "accept"), answer(field, tree, "reject"));
  }

  private static Refusal noRecipe() {
    return Refusal.invalid(
        "recipe", "A recipe has steps under accept:, under reject:, or both, and nothing else.");
  }

  private static List<JourneyStep> answer(String field, JsonNode tree, String which) {
    if (!tree.has(which)) return List.of();
    try {
      return checked(field, JourneyReader.steps(tree.get(which)));
    } catch (InvalidJourneyException e) {
      throw Refusal.invalid(field, which + ": " + e.getMessage());
    }
  }

  private static Journey journey(String field, JsonNode tree, int number) {
    try {
      Journey journey = JourneyReader.read(tree);
      checked(field, journey.steps());
      return journey;
    } catch (InvalidJourneyException e) {
      String name = tree.path("name").asText("");
      String which = name.isEmpty() ? "Journey " + number : "\"" + name + "\"";
      throw Refusal.invalid(field, which + ": " + e.getMessage());
    }
  }

  /** What is typed into a password field is a secret. */
  private static List<JourneyStep> checked(String field, List<JourneyStep> steps) {
    for (int i = 0; i < steps.size(); i++) {
      JourneyStep step = steps.get(i);
      if (step.value() == null) continue;
      PlainSecrets.checkReferences(field, step.value());
      if (step.action() == JourneyStep.Action.TYPE && isPassword(step.on())) {
        PlainSecrets.refusePassword(field, step.value());
      }
    }
    return steps;
  }

  private static boolean isPassword(@Nullable ElementSelector on) {
    if (on == null) return false;
    String words = (on.value() + " " + on.name()).toLowerCase(Locale.ROOT);
    return words.matches("(?s).*(passw|kennwort|pwd|contrase|mot de passe|\\bpin\\b).*");
  }

  private static List<JsonNode> documents(String field, String text) {
    if (text.length() > LONGEST) {
      throw Refusal.invalid(field, "At most " + LONGEST + " characters.");
    }
    List<JsonNode> documents = new ArrayList<>();
    try (MappingIterator<JsonNode> trees = YAML.readerFor(JsonNode.class).readValues(text)) {
      while (trees.hasNextValue()) {
        JsonNode tree = trees.nextValue();
        if (tree != null && !tree.isNull() && !tree.isMissingNode()) documents.add(tree);
      }
    } catch (JsonProcessingException e) {
      String line = e.getLocation() == null ? "" : "Line " + e.getLocation().getLineNr() + ": ";
      String problem = e.getOriginalMessage().lines().findFirst().orElse("").strip();
      throw Refusal.invalid(field, line + "this is not YAML (" + problem + ").");
    } catch (IOException e) {
      throw new UncheckedIOException("A text cannot fail to be read", e);
    }
    return documents;
  }
}
