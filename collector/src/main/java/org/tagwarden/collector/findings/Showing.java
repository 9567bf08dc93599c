package org.tagwarden.collector.findings;

/**
 * How often something shows on a page that is visited again and again. Some tags fire on one load
 * of five: that such a thing does not show says little, that one does not show which always did
 * says much. Visits are counted by the page's watch.
 *
 * <p>The rule: let it have shown on {@code s} of the {@code n} visits from its first to its last
 * showing. Its rate is taken as {@code s / (n + 2)}, which is careful where little is known. It is
 * gone when a thing of that rate would miss so many visits in a row less than once in a hundred;
 * once in two thousand when it has come and gone before.
 *
 * @param firstVisit the visit that showed it first
 * @param missed visits between its first and its last showing that did not show it
 * @param missingSince the first visit after its last showing; 0 while it shows
 * @param gone whether its absence was found to be sure
 */
public record Showing(int firstVisit, int missed, int missingSince, boolean gone) {
  /** A thing that is there misses so many visits in a row by chance less often than this. */
  private static final double CHANCE = 0.01;

  /** Likewise for what came back before: it has had many occasions to be taken for gone. */
  private static final double CHANCE_OF_FLAPPING = 0.0005;

  /** Back after an absence that is less likely than this, it begins anew. */
  private static final double ANEW = 0.00001;

  /** It shows for the first time. */
  public static Showing first(int visit) {
    return new Showing(visit, 0, 0, false);
  }

  /** It shows, whatever was before. */
  public Showing shown(int visit) {
    if (missingSince == 0) return this;
    if (chance(visit - 1) < ANEW) return first(visit);
    return new Showing(firstVisit, missed + visit - missingSince, 0, false);
  }

  /**
   * It does not show on this visit.
   *
   * @param conclusive whether the visit would have shown it if it were there, so that one visit is
   *     enough unless it is known to come and go
   */
  public Showing missing(int visit, boolean conclusive) {
    int since = missingSince == 0 ? visit : missingSince;
    Showing next = new Showing(firstVisit, missed, since, gone);
    double limit = comesAndGoes() ? CHANCE_OF_FLAPPING : CHANCE;
    boolean sure = next.chance(visit) < limit || (conclusive && !comesAndGoes());
    return new Showing(firstVisit, missed, since, gone || sure);
  }

  /** Whether it was missing before and came back. */
  public boolean comesAndGoes() {
    return missed > 0;
  }

  /** Whether it is known to come and go and is back after an absence as it has them. */
  public boolean expectedBack(int visit) {
    return missingSince > 0 && comesAndGoes() && chance(visit - 1) >= ANEW;
  }

  /** How likely a thing of its rate misses as many visits in a row as this one has. */
  private double chance(int visit) {
    int known = Math.max(1, missingSince - firstVisit);
    int shown = Math.max(1, known - missed);
    return Math.pow(1 - shown / (known + 2.0), visit - missingSince + 1);
  }
}
