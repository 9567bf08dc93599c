package org.tagwarden.agent.journey;

/** A step could not be taken. The message says what was looked for and what was there instead. */
public final class StepFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public StepFailedException(String message) {
    super(message);
  }

  public StepFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
