package org.tagwarden.collector.owners;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;

/**
 * Who answers for a finding: the owners of its tag, those of its site behind them, and the path
 * that holds for the site. Pure.
 *
 * @param owners the tag's first, then the site's; whoever left is not among them
 * @param path null when none is defined
 * @param unreached addresses, in lower case, whose mails came back or who want none: they are
 *     passed over
 */
public record Line(List<Ownership> owners, @Nullable EscalationPath path, Set<String> unreached) {
  public Line {
    owners = List.copyOf(owners);
    unreached = Set.copyOf(unreached);
  }

  /** Of all the site's owners, those that answer for a tag ("" for the site itself). */
  static Line of(
      List<Ownership> ofSite, String tagKey, @Nullable EscalationPath path, Set<String> unreached) {
    List<Ownership> owners = new ArrayList<>();
    for (Ownership one : ofSite)
      if (!tagKey.isEmpty() && one.tagKey().equals(tagKey)) owners.add(one);
    for (Ownership one : ofSite) if (one.tagKey().isEmpty()) owners.add(one);
    return new Line(owners, path, unreached);
  }

  /** Whoever comes after a step of the path (-1: who is first); null when nobody does. */
  public @Nullable NextInLine next(int after, Severity severity) {
    if (path == null) return null;
    NextInLine next = path.next(after, severity, owners);
    while (next != null && !reaches(next.email())) next = path.next(next.step(), severity, owners);
    return next;
  }

  /**
   * When whoever comes after a step is told: not before the one of that step had their time, which
   * begins when they hear of it.
   *
   * @param recipient who hears of it now
   */
  public Instant nextAt(
      int step, Severity severity, Instant planned, String recipient, Instant now) {
    NextInLine next = next(step, severity);
    if (path == null || next == null) return planned;
    NextInLine told = path.next(step - 1, severity, owners);
    if (told == null || !told.email().equalsIgnoreCase(recipient)) return planned;
    Instant whole = path.due(now, next, severity);
    return whole.isAfter(planned) ? whole : planned;
  }

  private boolean reaches(String email) {
    return !unreached.contains(email.toLowerCase(Locale.ROOT));
  }

  /** The one who is asked when a rule says "the owner": IT before business, owner before deputy. */
  public @Nullable Ownership first() {
    Ownership best = null;
    for (Ownership one : owners) {
      if (reaches(one.email()) && (best == null || order(one) < order(best))) best = one;
    }
    return best;
  }

  private int order(Ownership one) {
    int ofTag = one.tagKey().isEmpty() ? 4 : 0;
    return ofTag + (one.rank() == Rank.OWNER ? 0 : 2) + (one.duty() == Duty.IT ? 0 : 1);
  }
}
