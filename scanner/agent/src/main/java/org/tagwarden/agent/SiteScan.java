package org.tagwarden.agent;

import org.tagwarden.report.ScannerIdentity;

/** Scans sites with one browser and one proxy, both of which live as long as this does. */
public final class SiteScan implements AutoCloseable {
  private final ScannerSettings settings;

  public SiteScan(ScannerSettings settings) {
    this.settings = settings;
  }

  /**
   * Finds the pages and visits them all; returns when the last visit has been handed over. May be
   * called for several sites at once.
   */
  public void scan(ScanOrder order, ScanListener listener) {
    throw new UnsupportedOperationException("The capture is being built: " + settings.name());
  }

  /** Who looks; starts the browser if none runs, to ask for its version. */
  public ScannerIdentity identity() {
    throw new UnsupportedOperationException("The capture is being built: " + settings.name());
  }

  @Override
  public void close() {}
}
