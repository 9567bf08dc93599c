package org.tagwarden.agent;

/** The scan was interrupted because the scanner is being stopped. */
public final class ScanInterruptedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ScanInterruptedException(InterruptedException cause) {
    super("The scan was interrupted before all pages were visited.", cause);
  }
}
