package org.tagwarden.agent.crawl;

/** The pages of a scan could not be found. The message is a sentence for people. */
public final class PagesNotFoundException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PagesNotFoundException(String message) {
    super(message);
  }

  public PagesNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
