package org.tagwarden.collector.governance.rules;

import java.util.Locale;
import org.tagwarden.collector.Refusal;

/** The answer of an accountable person to "may it run here?"; a refusal beats an approval. */
public enum Verdict {
  REFUSED,
  APPROVED,
  /** Not answered yet, on purpose: what is pending counts as unapproved. */
  PENDING;

  /** As policies write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The verdict of a {@link #word}. */
  public static Verdict of(String word) {
    for (Verdict verdict : values()) if (verdict.word().equalsIgnoreCase(word)) return verdict;
    throw Refusal.invalid("verdict", "The verdict is approved, refused or pending.");
  }
}
