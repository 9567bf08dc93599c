package org.tagwarden.agent;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.Journey;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;

/**
 * What one scan is to do: which pages and journeys, and how they are visited.
 *
 * @param journeys taken after the pages
 * @param signIn taken once, before everything else, whose cookies the visits share; null for none
 */
public record ScanOrder(
    UUID scanId,
    PageSet pages,
    VisitOptions options,
    List<Journey> journeys,
    @Nullable Journey signIn) {
  public ScanOrder {
    journeys = List.copyOf(journeys);
  }

  /** Pages only. */
  public ScanOrder(UUID scanId, PageSet pages, VisitOptions options) {
    this(scanId, pages, options, List.of(), null);
  }
}
