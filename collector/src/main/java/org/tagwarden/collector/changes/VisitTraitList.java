package org.tagwarden.collector.changes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tagwarden.collector.changes.text.ScriptText;

/**
 * What a visit showed that can change.
 *
 * @param texts of its scripts by SHA-256
 * @param bodies of its inline scripts by SHA-256
 * @param subjects what it showed, by the subjects that findings have
 */
public record VisitTraitList(
    List<Trait> traits,
    Map<String, ScriptText> texts,
    Map<String, String> bodies,
    Set<String> subjects) {
  /** Of a visit that is no result. */
  public static final VisitTraitList NONE =
      new VisitTraitList(List.of(), Map.of(), Map.of(), Set.of());

  public VisitTraitList {
    traits = List.copyOf(traits);
    texts = Map.copyOf(texts);
    bodies = Map.copyOf(bodies);
    subjects = Set.copyOf(subjects);
  }
}
