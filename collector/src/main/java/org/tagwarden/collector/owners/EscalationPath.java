package org.tagwarden.collector.owners;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.checks.Severity;

/**
 * Who is told first, and who next after how long without acknowledgement. Pure.
 *
 * @param siteId null for every site of the client without a path of its own
 * @param alwaysFrom from this severity every hour counts as a working hour; null: never
 */
public record EscalationPath(
    int clientId,
    @Nullable Integer siteId,
    WorkingHours hours,
    @Nullable Severity alwaysFrom,
    List<EscalationStep> steps) {
  private static final int MOST_STEPS = 10;

  public EscalationPath {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) throw Refusal.invalid("steps", "A path needs at least one step.");
    if (steps.size() > MOST_STEPS)
      throw Refusal.invalid("steps", "A path has at most " + MOST_STEPS + " steps.");
  }

  /**
   * The first person whom a finding of this severity reaches after a step; steps that it skips, and
   * offices that nobody holds, are passed over without waiting for them.
   *
   * @param after the index of the step that was told last; -1 for none
   */
  public @Nullable NextInLine next(int after, Severity severity, List<Ownership> owners) {
    for (int i = after + 1; i < steps.size(); i++) {
      EscalationStep step = steps.get(i);
      if (step.isSkippedAt(severity)) continue;
      NextInLine held = held(i, step, owners);
      if (held != null) return held;
    }
    return null;
  }

  /** When waiting that began at a time is over. */
  public Instant due(Instant since, NextInLine next, Severity severity) {
    boolean always = alwaysFrom != null && severity.compareTo(alwaysFrom) >= 0;
    return always ? since.plus(next.waiting()) : hours.after(since, next.waiting());
  }

  private static @Nullable NextInLine held(int index, EscalationStep step, List<Ownership> owners) {
    Duration waiting = Duration.ofMinutes(step.waitMinutes());
    EscalationStep.Office office = step.who();
    if (office == null) return new NextInLine(index, step.contact(), step.contact(), "", waiting);
    for (Ownership owner : owners) {
      if (office.isHeldBy(owner)) {
        return new NextInLine(index, owner.name(), owner.email(), office.title(), waiting);
      }
    }
    return null;
  }
}
