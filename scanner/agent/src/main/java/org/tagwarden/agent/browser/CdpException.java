package org.tagwarden.agent.browser;

/** The browser refused a command, did not answer in time, or is gone. */
public final class CdpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CdpException(String message) {
    super(message);
  }

  public CdpException(String message, Throwable cause) {
    super(message, cause);
  }
}
