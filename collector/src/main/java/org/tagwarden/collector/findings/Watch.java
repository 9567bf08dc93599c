package org.tagwarden.collector.findings;

import java.util.Set;

/**
 * How a page is watched in one way of visiting it, as of this visit.
 *
 * @param id of its row
 * @param visit the number of this visit, from 1; only whole visits count
 * @param inherited whether the site was known well when this page was first seen
 * @param subjects what the visit showed, by the subjects that findings have: what is among these
 *     and does not fail is mended, what is not may show up again
 */
public record Watch(int id, int visit, boolean inherited, Set<String> subjects) {
  public Watch {
    subjects = Set.copyOf(subjects);
  }
}
