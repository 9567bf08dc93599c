package org.tagwarden.report;

/**
 * A report that is none: not JSON, of another format or a newer major version, or with a field that
 * breaks its rule. The message is a sentence for people.
 */
public final class InvalidReportException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidReportException(String message) {
    super(message);
  }

  public InvalidReportException(String message, Throwable cause) {
    super(message, cause);
  }
}
