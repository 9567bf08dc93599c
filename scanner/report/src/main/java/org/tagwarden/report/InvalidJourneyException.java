package org.tagwarden.report;

/**
 * A journey that cannot be read. The message is a sentence for people: which step, what is wrong
 * with it, what to write instead.
 */
public final class InvalidJourneyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidJourneyException(String message) {
    super(message);
  }

  public InvalidJourneyException(String message, Throwable cause) {
    super(message, cause);
  }
}
