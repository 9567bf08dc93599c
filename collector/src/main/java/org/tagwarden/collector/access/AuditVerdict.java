package org.tagwarden.collector.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of an exported audit log found.
 *
 * @param entries how many entries the file holds
 * @param hash the newest entry's, to be kept aside
 * @param key the fingerprint of the key that signed it; null when it is not signed
 * @param problems a sentence for each entry or line that is wrong, in the file's order
 */
public record AuditVerdict(long entries, String hash, @Nullable String key, List<String> problems) {
  public AuditVerdict {
    problems = List.copyOf(problems);
  }

  /** Whether nothing was changed, removed or moved. */
  public boolean intact() {
    return problems.isEmpty();
  }
}
