package org.tagwarden.agent.work;

import org.tagwarden.agent.ScanListener;
import org.tagwarden.agent.ScanOrder;
import org.tagwarden.report.ScannerIdentity;

/** What the work needs of {@link org.tagwarden.agent.SiteScan}. */
public interface PageScan {
  /** Visits the order's pages; blocks until the last visit has been handed to the listener. */
  void scan(ScanOrder order, ScanListener listener);

  /** Who looks. */
  ScannerIdentity identity();
}
