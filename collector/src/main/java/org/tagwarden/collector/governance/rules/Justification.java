package org.tagwarden.collector.governance.rules;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;

/**
 * Why it may run, or may not.
 *
 * @param kind null when nobody said which
 * @param by who wrote it, as the history keeps it
 */
public record Justification(@Nullable Kind kind, String text, String by, Instant at) {
  /** What the reason is about. */
  public enum Kind {
    BUSINESS,
    TECHNICAL;

    /** As policies write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a {@link #word}. */
    public static Kind of(String word) {
      for (Kind kind : values()) if (kind.word().equalsIgnoreCase(word)) return kind;
      throw Refusal.invalid("reason", "The reason is business or technical.");
    }
  }

  private static final int LONGEST = 4_000;

  public Justification {
    text = text.strip();
    if (text.isEmpty()) {
      throw Refusal.invalid(
          "justification",
          "A decision needs a justification: write down why, for those who ask later.");
    }
    if (text.length() > LONGEST) {
      throw Refusal.invalid("justification", "At most " + LONGEST + " characters.");
    }
  }
}
