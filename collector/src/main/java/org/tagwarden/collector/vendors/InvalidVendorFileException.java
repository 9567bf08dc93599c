package org.tagwarden.collector.vendors;

/** A vendor file that cannot be used; the message names file, line and what to do. */
public final class InvalidVendorFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidVendorFileException(String message) {
    super(message);
  }

  public InvalidVendorFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
