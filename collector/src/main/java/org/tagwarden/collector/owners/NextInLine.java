package org.tagwarden.collector.owners;

import java.time.Duration;

/**
 * Somebody on an escalation path.
 *
 * @param step index of the path's step
 * @param title the office; "" for a fixed address
 * @param waiting how long those before may go without acknowledgement
 */
public record NextInLine(int step, String name, String email, String title, Duration waiting) {
  /** "Ada (IT owner, ada@shop.example)". */
  public String described() {
    if (title.isEmpty()) return email;
    return name + " (" + title + ", " + email + ")";
  }
}
