package org.tagwarden.agent.browser;

/**
 * How much a visit's page may make the browser tell. All visits share one connection: a page that
 * floods it would keep the others' answers waiting. Used by the connection's thread alone.
 */
final class EventBudget {
  private static final int MOST_EVENTS = 120_000;
  private static final long MOST_CHARACTERS = 128L << 20;

  private int events;
  private long characters;

  /** Counts an event; true for the one that is too much, and for no other. */
  boolean spentBy(int length) {
    boolean before = spent();
    events++;
    characters += length;
    return !before && spent();
  }

  boolean spent() {
    return events > MOST_EVENTS || characters > MOST_CHARACTERS;
  }
}
