package org.tagwarden.agent.work;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is, for the people who wait for it.
 *
 * @param found visits that are known to be made so far, journeys counted as one
 * @param visited those that are done
 * @param page what is being visited; null before the first
 */
record Progress(int found, int visited, @Nullable String page) {
  /** As the server reads it. */
  Map<String, Object> body() {
    return page == null
        ? Map.of("found", found, "visited", visited)
        : Map.of("found", found, "visited", visited, "page", page);
  }
}
