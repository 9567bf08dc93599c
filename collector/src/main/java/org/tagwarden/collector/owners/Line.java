package org.tagwarden.collector.owners;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.checks.Severity;

/**
 * Who answers for a finding: the owners of its tag, those of its site behind them, and the path
 * that holds for the site. Pure.
 *
 * @param owners the tag's first, then the site's; whoever left is not among them
 * @param path null when none is defined
 */
public record Line(List<Ownership> owners, @Nullable EscalationPath path) {
  public Line {
    owners = List.copyOf(owners);
  }

  /** Of all the site's owners, those that answer for a tag ("" for the site itself). */
  public static Line of(List<Ownership> ofSite, String tagKey, @Nullable EscalationPath path) {
    List<Ownership> owners = new ArrayList<>();
    for (Ownership one : ofSite)
      if (!tagKey.isEmpty() && one.tagKey().equals(tagKey)) owners.add(one);
    for (Ownership one : ofSite) if (one.tagKey().isEmpty()) owners.add(one);
    return new Line(owners, path);
  }

  /** Whoever comes after a step of the path (-1: who is first); null when nobody does. */
  public @Nullable NextInLine next(int after, Severity severity) {
    return path == null ? null : path.next(after, severity, owners);
  }

  /** The one who is asked when a rule says "the owner": IT before business, owner before deputy. */
  public @Nullable Ownership first() {
    Ownership best = null;
    for (Ownership one : owners) if (best == null || order(one) < order(best)) best = one;
    return best;
  }

  private int order(Ownership one) {
    int ofTag = one.tagKey().isEmpty() ? 4 : 0;
    return ofTag + (one.rank() == Rank.OWNER ? 0 : 2) + (one.duty() == Duty.IT ? 0 : 1);
  }
}
