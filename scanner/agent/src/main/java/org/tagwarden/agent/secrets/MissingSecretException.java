package org.tagwarden.agent.secrets;

/** A setting names a secret that this scanner does not have, or must not use as it is. */
public final class MissingSecretException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingSecretException(String message) {
    super(message);
  }

  MissingSecretException(String message, Throwable cause) {
    super(message, cause);
  }
}
