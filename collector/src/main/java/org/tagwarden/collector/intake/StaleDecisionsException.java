package org.tagwarden.collector.intake;

/** Somebody decided while a visit was being judged: judge it again. Never leaves the intake. */
final class StaleDecisionsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StaleDecisionsException() {
    super("A decision was made meanwhile", null, false, false);
  }
}
