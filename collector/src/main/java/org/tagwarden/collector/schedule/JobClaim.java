package org.tagwarden.collector.schedule;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.report.ScanJob;

/**
 * A scanner asks for a job.
 *
 * @param scanner its name; stands for its machine
 * @param kinds what it can do
 */
public record JobClaim(
    String scanner, @Nullable String version, @Nullable String browser, Set<ScanJob.Kind> kinds) {
  public JobClaim {
    if (scanner.isBlank()) throw Refusal.invalid("scanner", "The scanner must say its name.");
    kinds = Set.copyOf(kinds);
    if (kinds.isEmpty()) throw Refusal.invalid("kinds", "The scanner must say what it can do.");
  }
}
