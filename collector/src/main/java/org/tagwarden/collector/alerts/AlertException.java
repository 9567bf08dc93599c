package org.tagwarden.collector.alerts;

import org.jspecify.annotations.Nullable;

/** An alert that could not be delivered; the message is a sentence for people. */
public final class AlertException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private enum Kind {
    PASSING,
    PERMANENT,
    BOUNCED
  }

  private final Kind kind;

  private AlertException(Kind kind, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
  }

  /** Trying again will not help: the message is refused. */
  public static AlertException permanent(String sentence, @Nullable Throwable cause) {
    return new AlertException(Kind.PERMANENT, sentence, cause);
  }

  /** Trying again will not help, and it is the recipient's address that is refused. */
  public static AlertException bounced(String sentence, @Nullable Throwable cause) {
    return new AlertException(Kind.BOUNCED, sentence, cause);
  }

  /** It may go well later: the server is away, the login is being repaired. */
  public static AlertException passing(String sentence, @Nullable Throwable cause) {
    return new AlertException(Kind.PASSING, sentence, cause);
  }

  public boolean isPermanent() {
    return kind != Kind.PASSING;
  }

  public boolean isBounce() {
    return kind == Kind.BOUNCED;
  }
}
