package org.tagwarden.agent.observe;

import java.util.ArrayList;
import java.util.List;
import org.tagwarden.report.Problem;

/**
 * What could not be seen or done in one visit. Thread-safe; the same thing is noted once, and the
 * same kind of thing a few times.
 */
public final class Problems {
  private static final int MOST_OF_A_KIND = 10;

  private final List<Problem> noted = new ArrayList<>();

  public synchronized void note(String observer, String phase, String code, String message) {
    Problem problem = new Problem(observer, phase, code, message, null);
    long alike = noted.stream().filter(p -> p.code().equals(code)).count();
    if (alike < MOST_OF_A_KIND && !noted.contains(problem)) noted.add(problem);
  }

  public synchronized List<Problem> all() {
    return List.copyOf(noted);
  }

  public synchronized boolean has(String code) {
    return noted.stream().anyMatch(p -> p.code().equals(code));
  }
}
