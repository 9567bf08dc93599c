package org.tagwarden.collector.changes;

/** What came of looking again at a critical change, for people. */
public enum LookedAgain {
  /** Another visit shows it. */
  CONFIRMED("Another visit showed it, too."),
  /** Somebody looked again and did not see it. */
  NOT_SEEN(
      "It was looked at again, in another consent state and as another device, and did not show:"
          + " it may be meant for some visitors only."),
  /** Nobody could look again in time. */
  TIMED_OUT("It could not be looked at again in time. Is a scanner running?");

  private final String sentence;

  LookedAgain(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
