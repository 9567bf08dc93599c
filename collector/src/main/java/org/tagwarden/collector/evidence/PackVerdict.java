package org.tagwarden.collector.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check of a pack found.
 *
 * @param problems a sentence for each thing that is wrong
 * @param facts what the signed manifest says; null when there is none that can be relied on
 */
public record PackVerdict(List<String> problems, @Nullable Facts facts) {
  public PackVerdict {
    problems = List.copyOf(problems);
  }

  /**
   * What the pack is, as signed.
   *
   * @param fingerprint of the key that signed it: whose it is says nobody but who made the pack
   * @param auditEntry the newest entry of the audit log then, and its hash
   */
  public record Facts(
      String client,
      String site,
      String address,
      String from,
      String to,
      String madeAt,
      String madeBy,
      String fingerprint,
      int files,
      long bytes,
      long auditEntry,
      String auditHash) {}

  /** Whether nothing was changed, added, taken away or renamed. */
  public boolean intact() {
    return problems.isEmpty();
  }
}
