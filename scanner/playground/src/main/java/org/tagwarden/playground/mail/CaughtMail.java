package org.tagwarden.playground.mail;

import java.time.Instant;
import java.util.List;

/**
 * One mail as it arrived.
 *
 * @param id its Message-ID without brackets, or its place in line when it has none
 * @param to all recipients of the header
 * @param text the text part; empty when there is none
 * @param html the HTML part; empty when there is none
 */
public record CaughtMail(
    String id, Instant at, String from, List<String> to, String subject, String text, String html) {
  public CaughtMail {
    to = List.copyOf(to);
  }
}
