package org.tagwarden.collector;

import org.jspecify.annotations.Nullable;

/**
 * A request that is refused, with one clear sentence for the person who made it. Services throw it
 * or fail their futures with it; the API (problem+json) and the pages (a line at the form's field)
 * each map it in one place. Never carries a cause or a secret.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why, with the HTTP status that says the same. */
  public enum Kind {
    /** The input breaks a rule. */
    INVALID(400),
    /** Nobody is signed in, or the token is none of ours. */
    UNAUTHENTICATED(401),
    /** Signed in, but the role does not allow it. */
    FORBIDDEN(403),
    /** It does not exist, or not for this principal. */
    NOT_FOUND(404),
    /** It does not fit the present state: a name that is taken, a lease that was lost. */
    CONFLICT(409),
    /** The body is larger than the limit. */
    TOO_BIG(413),
    /** The body has an encoding or a format that is not understood. */
    UNSUPPORTED(415),
    /** Too many attempts. */
    TOO_MANY(429);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }

  private final Kind kind;
  private final @Nullable String field;

  private Refusal(Kind kind, @Nullable String field, String sentence) {
    super(sentence, null, false, false);
    this.kind = kind;
    this.field = field;
  }

  /** A refusal of this kind. */
  public static Refusal of(Kind kind, String sentence) {
    return new Refusal(kind, null, sentence);
  }

  /** A field of the input breaks a rule. */
  public static Refusal invalid(String field, String sentence) {
    return new Refusal(Kind.INVALID, field, sentence);
  }

  /** It does not exist, or not for this principal: both read the same. */
  public static Refusal notFound(String sentence) {
    return new Refusal(Kind.NOT_FOUND, null, sentence);
  }

  /** Why it was refused. */
  public Kind kind() {
    return kind;
  }

  /** The input's field that breaks the rule; null when it is about the whole request. */
  public @Nullable String field() {
    return field;
  }

  /** One clear sentence for people. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
