package org.tagwarden.collector.alerts;

/** An alert that could not be delivered; the message is a sentence for people. */
public final class AlertException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean permanent;

  private AlertException(boolean permanent, String sentence, Throwable cause) {
    super(sentence, cause);
    this.permanent = permanent;
  }

  /** Trying again will not help: the recipient or the message is refused. */
  public static AlertException permanent(String sentence, Throwable cause) {
    return new AlertException(true, sentence, cause);
  }

  /** It may go well later: the server is away, the login is being repaired. */
  public static AlertException passing(String sentence, Throwable cause) {
    return new AlertException(false, sentence, cause);
  }

  public boolean isPermanent() {
    return permanent;
  }
}
