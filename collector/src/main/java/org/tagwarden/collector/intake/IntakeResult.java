package org.tagwarden.collector.intake;

import java.util.List;
import java.util.UUID;

/**
 * What became of a report.
 *
 * @param stored visits that are stored now
 * @param known visits that had arrived before; nothing was changed for them
 */
public record IntakeResult(List<UUID> stored, List<UUID> known) {
  public IntakeResult {
    stored = List.copyOf(stored);
    known = List.copyOf(known);
  }
}
