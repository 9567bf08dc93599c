package org.tagwarden.collector.governance.policy;

import org.tagwarden.collector.Refusal;

/** Where something stands in a policy, both from 1. */
record Place(int line, int column) {
  static final Place START = new Place(1, 1);

  /** What is wrong there. */
  Refusal wrong(String sentence) {
    return Refusal.invalid("policy", "Line " + line + ", column " + column + ": " + sentence);
  }
}
