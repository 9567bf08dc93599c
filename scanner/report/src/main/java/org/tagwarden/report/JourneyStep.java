package org.tagwarden.report;

import org.jspecify.annotations.Nullable;

/**
 * One step of a journey.
 *
 * @param on the element it is done to; null for steps that need none (open, scroll to the end,
 *     press, mark)
 * @param value the address to open, the text to type, the option to select, the key to press, the
 *     text to expect; {@code ${secret:NAME}} stands for a secret that only the scanner knows
 * @param timeoutMs how long to wait for the element; null for the usual time
 */
public record JourneyStep(
    Action action, @Nullable ElementSelector on, @Nullable String value, @Nullable Long timeoutMs) {
  /** What is done. */
  public enum Action {
    /** Goes to an address. */
    OPEN,
    /** Clicks or taps an element. */
    CLICK,
    /** Types a text into a field. */
    TYPE,
    /** Chooses an option of a list. */
    SELECT,
    /** Waits for an element, or for a text anywhere. */
    WAIT_FOR,
    /** Scrolls to an element, or to the end of the page. */
    SCROLL,
    /** Presses a key. */
    PRESS,
    /** Goes on only if the element, or the text, is there. */
    ASSERT,
    /** Marks the page that is shown as one where people pay. */
    MARK_PAYMENT_PAGE
  }

  public JourneyStep {
    Require.present(action, "step.action");
    Require.that(timeoutMs == null || timeoutMs > 0, "step.timeoutMs", "must be positive");
  }

  /** The step in words, as in {@code click the button "Add to cart"}; secrets as references. */
  public String sentence() {
    String element = on == null ? "" : on.words();
    return switch (action) {
      case OPEN -> "open " + value;
      case CLICK -> "click " + element;
      case TYPE -> "type \"" + value + "\" into " + element;
      case SELECT -> "select \"" + value + "\" in " + element;
      case WAIT_FOR -> "wait for " + (on == null ? quoted(value) : element);
      case SCROLL -> on == null ? "scroll to the end" : "scroll to " + element;
      case PRESS -> "press " + value;
      case ASSERT -> "check that " + (on == null ? quoted(value) : element) + " is there";
      case MARK_PAYMENT_PAGE -> "mark as payment page";
    };
  }

  private static String quoted(@Nullable String text) {
    return "the text \"" + text + "\"";
  }
}
