package org.tagwarden.collector.governance.policy;

import java.util.Locale;
import org.tagwarden.collector.Refusal;

/** How a policy is written. */
public enum PolicyFormat {
  YAML,
  CSV;

  /** The format of a word or of a file's name; YAML when it says nothing. */
  public static PolicyFormat of(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.isEmpty() || lower.matches("(?:.*\\.)?ya?ml")) return YAML;
    if (lower.matches("(?:.*\\.)?csv")) return CSV;
    throw Refusal.invalid("format", "A policy is written as yaml or as csv.");
  }
}
