package org.tagwarden.collector.evidence;

/** Whom a site serves. */
public enum Environment {
  PRODUCTION("Production"),
  TEST("Test or staging");

  private final String sentence;

  Environment(String sentence) {
    this.sentence = sentence;
  }

  /** For people. */
  public String sentence() {
    return sentence;
  }
}
