package org.tagwarden.collector.checks;

import java.util.ArrayList;
import java.util.List;

/**
 * What the checks said about one visit.
 *
 * @param examined the checks and rules that looked at the visit; only their findings may be
 *     resolved by it. Empty when the visit is no result (failed or challenged)
 * @param results what is wrong
 * @param problems checks that broke; the caller logs them, the others' results stand
 */
public record Examination(
    List<Rule> examined, List<CheckResult> results, List<BrokenCheck> problems) {
  /** A bug in a check: which one and how it failed. */
  public record BrokenCheck(Check check, RuntimeException cause) {}

  /** Likewise, with what another judge of the same visit says. */
  public Examination with(List<? extends Rule> alsoExamined, List<CheckResult> also) {
    List<Rule> rules = new ArrayList<>(examined);
    rules.addAll(alsoExamined);
    List<CheckResult> all = new ArrayList<>(results);
    all.addAll(also);
    return new Examination(rules, all, problems);
  }

  /** Likewise, with these results in place of its own. */
  public Examination telling(List<CheckResult> told) {
    return new Examination(examined, told, problems);
  }

  public Examination {
    examined = List.copyOf(examined);
    results = List.copyOf(results);
    problems = List.copyOf(problems);
  }
}
