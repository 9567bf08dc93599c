package org.tagwarden.collector.access;

import java.util.Locale;
import java.util.regex.Pattern;
import org.tagwarden.collector.Refusal;

/** What is said about a new person, checked. The e-mail address is kept in lower case. */
public record PersonDraft(String email, String name) {
  private static final Pattern EMAIL = Pattern.compile("[^\\s@,;<>]+@[^\\s@,;<>]+");
  private static final int LONGEST = 200;
  private static final int LONGEST_NAME = 100;

  public PersonDraft {
    email = email.strip().toLowerCase(Locale.ROOT);
    name = name.strip();
    if (!EMAIL.matcher(email).matches() || email.length() > LONGEST) {
      throw Refusal.invalid("email", "That is no e-mail address: write it like name@example.com.");
    }
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw Refusal.invalid("name", "Give a name of at most " + LONGEST_NAME + " characters.");
    }
    // It stands in mails to others.
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.invalid("name", "Write the name on one line.");
    }
  }
}
