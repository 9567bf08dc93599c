package org.tagwarden.agent;

import java.util.Map;
import org.tagwarden.report.PageVisit;

/**
 * One finished visit.
 *
 * @param bodies text of the scripts that it met, by SHA-256 (lower-case hex)
 * @param images Base64 of its screenshots, by SHA-256 (lower-case hex)
 */
public record VisitResult(PageVisit visit, Map<String, String> bodies, Map<String, String> images) {
  public VisitResult {
    bodies = Map.copyOf(bodies);
    images = Map.copyOf(images);
  }
}
