package org.tagwarden.collector.checks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gathers a check's failures so that each subject has one: its worst severity (the first of equal
 * ones) and everybody's evidence, without repeats and up to {@value #MOST_EVIDENCE} lines.
 */
final class FailureBySubject {
  static final int MOST_EVIDENCE = 20;

  private final Map<String, Failure> worst = new LinkedHashMap<>();
  private final Map<String, Set<String>> evidence = new LinkedHashMap<>();
  private final Map<String, Set<String>> names = new LinkedHashMap<>();

  void add(
      String subject,
      @Nullable String tagKey,
      Severity severity,
      String summary,
      List<String> seen,
      String remedy) {
    Failure before = worst.get(subject);
    if (before == null || before.severity().compareTo(severity) < 0) {
      worst.put(subject, new Failure(subject, tagKey, severity, summary, List.of(), remedy));
    }
    evidence.computeIfAbsent(subject, s -> new LinkedHashSet<>()).addAll(seen);
  }

  /** What a subject's failures name besides. */
  void name(String subject, Collection<String> named) {
    names.computeIfAbsent(subject, s -> new LinkedHashSet<>()).addAll(named);
  }

  List<Failure> all() {
    return worst.values().stream().map(this::withEvidence).toList();
  }

  private Failure withEvidence(Failure f) {
    List<String> seen =
        evidence.getOrDefault(f.subject(), Set.of()).stream().limit(MOST_EVIDENCE).toList();
    return new Failure(
        f.subject(),
        f.tagKey(),
        f.severity(),
        f.summary(),
        seen,
        f.remedy(),
        names.getOrDefault(f.subject(), Set.of()));
  }
}
