package org.tagwarden.collector.changes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.changes.text.ScriptText;

/**
 * What is known about the subjects of a visit's unknown traits. Filled by reading the database.
 *
 * @param texts of the known versions of scripts, by SHA-256
 */
record Past(
    Map<String, List<Known>> bySubject,
    Map<String, Family> families,
    Map<String, ScriptText> texts,
    Set<String> openFindings) {
  static final Past EMPTY = new Past(Map.of(), Map.of(), Map.of(), Set.of());

  /** How many visits, and days, of the last month brought new members to a family. */
  record Family(int visits, int days) {
    static final Family NONE = new Family(0, 0);
  }

  static String key(TraitKind kind, String name) {
    return kind + "\n" + name;
  }

  static Map<String, List<Known>> grouped(List<Known> all) {
    Map<String, List<Known>> groups = new HashMap<>();
    for (Known one : all) {
      groups.computeIfAbsent(key(one.kind(), one.subject()), k -> new ArrayList<>()).add(one);
    }
    return groups;
  }

  boolean knows(TraitKind kind, String subject) {
    return bySubject.containsKey(key(kind, subject));
  }

  /** Other values of the trait's subject, at its place. */
  List<Known> others(Trait trait, int pageId) {
    return bySubject.getOrDefault(key(trait.kind(), trait.subject()), List.of()).stream()
        .filter(known -> known.pageId() == trait.place(pageId))
        .toList();
  }

  /** The newest accepted value; null when there is none. */
  @Nullable Known baseline(Trait trait, int pageId) {
    return others(trait, pageId).stream()
        .filter(known -> !known.open())
        .max(Comparator.comparing(Known::lastSeen).thenComparing(Known::id))
        .orElse(null);
  }

  Family family(Trait trait, int pageId) {
    return families.getOrDefault(key(trait.kind(), trait.family(pageId)), Family.NONE);
  }
}
