package org.tagwarden.collector.intake;

import java.util.UUID;

/** A report for a scan or site that this server does not know: 404 over HTTP, and permanent. */
public final class UnknownScanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownScanException(UUID scanId) {
    super(
        "There is no scan "
            + scanId
            + " here: its site was removed, or the report belongs to another server. It cannot be"
            + " stored.");
  }
}
