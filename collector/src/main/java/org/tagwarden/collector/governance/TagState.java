package org.tagwarden.collector.governance;

/**
 * What is decided about a tag, for lists: one word, and how far it goes.
 *
 * @param word APPROVED, PARTLY, REFUSED, PENDING or UNDECIDED
 * @param authorized how many of its scripts may run; 0 where only the tag as such was looked at
 * @param scripts how many run now; 0 where only the tag as such was looked at
 * @param onPaymentPages whether it may run on the pages where people pay, and nowhere else
 */
public record TagState(String word, int authorized, int scripts, boolean onPaymentPages) {
  public static final String PARTLY = "PARTLY";

  static TagState of(String word) {
    return new TagState(word, 0, 0, false);
  }

  /** How far it goes, in a few words; "" when the word says it all. */
  public String note() {
    if (onPaymentPages) return "on payment pages";
    if (!word.equals(PARTLY)) return "";
    return authorized + " of " + scripts + (scripts == 1 ? " script" : " scripts");
  }
}
