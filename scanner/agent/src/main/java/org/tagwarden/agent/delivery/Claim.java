package org.tagwarden.agent.delivery;

import java.util.List;
import org.tagwarden.report.ScanJob;

/**
 * What a scanner says when it asks for a job.
 *
 * @param kinds what it can do now
 * @param waitSeconds how long the server may keep the call open until there is something to do
 */
public record Claim(
    String scanner, String version, String browser, List<ScanJob.Kind> kinds, int waitSeconds) {
  public Claim {
    kinds = List.copyOf(kinds);
  }
}
