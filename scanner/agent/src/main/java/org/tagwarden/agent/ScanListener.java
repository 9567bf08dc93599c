package org.tagwarden.agent;

import java.util.List;
import org.tagwarden.report.JourneyRun;

/**
 * Told by {@link SiteScan} how a scan goes. Called from the threads of the visits, several at once;
 * what it throws ends the scan.
 */
public interface ScanListener {
  /** The pages that will be visited; called again with the whole list when a crawl found more. */
  void pagesFound(List<String> urls);

  /** A visit began. */
  void visitStarted(String url);

  /** A step of a journey was taken, or could not be; before the visit that it belongs to ends. */
  default void stepTaken(JourneyRun.StepRun step) {}

  /** A visit ended, however it did; called once for each page. */
  void visited(VisitResult result);
}
