package org.tagwarden.collector.evidence;

import org.tagwarden.collector.Refusal;

/**
 * What a person says about a site's place in an audit's scope.
 *
 * @param note further words: the provider, the questionnaire, who assessed it; may be empty
 */
public record ScopeNote(Environment environment, PaymentEmbedding payment, String note) {
  private static final int LONGEST = 2_000;

  public ScopeNote {
    note = note.strip();
    if (note.length() > LONGEST) {
      throw Refusal.invalid("note", "A note has at most " + LONGEST + " characters.");
    }
  }
}
