package org.tagwarden.agent;

/**
 * The scanner cannot work on this machine: no browser, no driver, no readable CA. The message is a
 * sentence for people and says what to install or to set; trying again does not help.
 */
public final class ScannerUnfitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ScannerUnfitException(String message) {
    super(message);
  }

  public ScannerUnfitException(String message, Throwable cause) {
    super(message, cause);
  }
}
