package org.tagwarden.collector.changes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.text.ScriptText;
import org.tagwarden.collector.checks.Examination;

/**
 * All that the judgement of a visit's changes rests on.
 *
 * @param learning whether the page has been visited too seldom for its absences to mean anything
 * @param newPage whether it is a new page of a site that is known well
 * @param firstVisit whether nothing was known of the page before
 * @param approved whether the tag with that key is approved
 * @param known the visit's traits that were seen before, by key
 */
record Scene(
    int pageId,
    String page,
    boolean learning,
    boolean newPage,
    boolean firstVisit,
    List<Trait> traits,
    Map<String, ScriptText> texts,
    Map<UUID, Known> known,
    Past past,
    Predicate<String> approved,
    Examination examination) {

  List<Trait> unknown() {
    return traits.stream().filter(trait -> !known.containsKey(trait.key(pageId))).toList();
  }

  boolean approved(@Nullable String tagKey) {
    return tagKey != null && approved.test(tagKey);
  }

  /** The tag of each host of the visit. */
  Map<String, String> tagByHost() {
    Map<String, String> tags = new HashMap<>();
    for (Trait trait : traits) {
      if (trait.kind() == TraitKind.HOST && trait.tagKey() != null) {
        tags.put(trait.subject(), trait.tagKey());
      }
    }
    return tags;
  }

  /** Whether the script reads payment or sign-in fields on this visit. */
  boolean readsSecrets(String script) {
    Set<String> secret = Set.of(TraitNames.PAYMENT_FIELDS, TraitNames.SIGN_IN_FIELDS);
    return traits.stream()
        .anyMatch(
            t ->
                t.kind() == TraitKind.READ
                    && t.subject().equals(script)
                    && secret.contains(t.value()));
  }

  @Nullable ScriptText text(Trait trait) {
    String sha256 = trait.facts().sha256();
    return sha256 == null ? null : texts.get(sha256);
  }
}
