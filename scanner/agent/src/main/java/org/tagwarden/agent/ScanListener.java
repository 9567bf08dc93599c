package org.tagwarden.agent;

import java.util.List;

/**
 * Told by {@link SiteScan} how a scan goes. Called from the threads of the visits, several at once;
 * what it throws ends the scan.
 */
public interface ScanListener {
  /** The pages that will be visited; called again with the whole list when a crawl found more. */
  void pagesFound(List<String> urls);

  /** A visit began. */
  void visitStarted(String url);

  /** A visit ended, however it did; called once for each page. */
  void visited(VisitResult result);
}
