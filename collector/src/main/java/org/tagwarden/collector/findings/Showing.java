package org.tagwarden.collector.findings;

/**
 * How often something shows on a page that is visited again and again. Some tags fire on one load
 * of five: that such a thing does not show says little, that one does not show which always did
 * says much. Visits are counted by the page's watch.
 *
 * <p>The rule: let it have shown on {@code s} of the {@code s + f} visits from its first to its
 * last showing. The first of them is no evidence of how often it shows: without it there would be
 * nothing to watch. Where nothing else is known, every rate is as likely as another; then the
 * chance that one that is still there misses the next {@code m} visits is the product over {@code i
 * < m} of {@code (f + 1 + i) / (s + f + 1 + i)} (Laplace's rule of succession, again and again). It
 * is gone when that is less than one in a hundred, or after thirty visits; less than one in two
 * thousand when it has come and gone before, for then it has had many occasions to be taken for
 * gone. Where people are told of its absence, which must not be wrong, it is one in two thousand,
 * and one in a hundred thousand.
 *
 * @param firstVisit the visit that showed it first
 * @param missed visits between its first and its last showing that did not show it
 * @param missingSince the first visit after its last showing; 0 while it shows
 * @param gone whether its absence was found to be sure
 */
public record Showing(int firstVisit, int missed, int missingSince, boolean gone) {
  /** A thing that is there misses so many visits in a row by chance less often than this. */
  private static final double UNLIKELY = 0.01;

  private static final double VERY_UNLIKELY = 0.0005;

  /** Back after an absence that is less likely than this, it begins anew. */
  private static final double HARDLY_POSSIBLE = 0.00001;

  /** What never came back is gone after so many visits, however seldom it had shown. */
  private static final int LONG_ENOUGH = 30;

  /** What a visit that does not show it says. */
  public enum Absence {
    /** It would have shown it: one visit is enough, unless it is known to come and go. */
    SEEN,
    /** Many visits together say that it is gone; what was open about it is closed. */
    GUESSED,
    /** Likewise, and people are told, who must not be told wrongly. */
    TOLD
  }

  /** It shows for the first time. */
  public static Showing first(int visit) {
    return new Showing(visit, 0, 0, false);
  }

  /** It shows, whatever was before. */
  public Showing shown(int visit) {
    if (missingSince == 0) return this;
    if (chance(visit - 1) < HARDLY_POSSIBLE) return first(visit);
    return new Showing(firstVisit, missed + visit - missingSince, 0, false);
  }

  /** It does not show on this visit. */
  public Showing missing(int visit, Absence absence) {
    int since = missingSince == 0 ? visit : missingSince;
    Showing next = new Showing(firstVisit, missed, since, gone);
    boolean sure = gone || next.surelyGone(visit, absence);
    return new Showing(firstVisit, missed, since, sure);
  }

  private boolean surelyGone(int visit, Absence absence) {
    boolean told = absence == Absence.TOLD;
    if (comesAndGoes()) return chance(visit) < (told ? HARDLY_POSSIBLE : VERY_UNLIKELY);
    if (absence == Absence.SEEN || visit - missingSince + 1 >= LONG_ENOUGH) return true;
    return chance(visit) < (told ? VERY_UNLIKELY : UNLIKELY);
  }

  /** Whether it was missing before and came back. */
  public boolean comesAndGoes() {
    return missed > 0;
  }

  /** Whether it is known to come and go and is back after an absence as it has them. */
  public boolean expectedBack(int visit) {
    return missingSince > 0 && comesAndGoes() && chance(visit - 1) >= HARDLY_POSSIBLE;
  }

  /** How likely a thing that shows as often as this one did misses as many visits in a row. */
  private double chance(int visit) {
    int shown = Math.max(1, missingSince - firstVisit - missed);
    double chance = 1;
    for (int i = 1; i <= visit - missingSince + 1 && chance >= HARDLY_POSSIBLE; i++) {
      chance *= (missed + i) / (double) (shown + missed + i);
    }
    return chance;
  }
}
