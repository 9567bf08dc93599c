package org.tagwarden.collector.access;

import java.util.Locale;
import java.util.regex.Pattern;
import org.tagwarden.collector.Refusal;

/** What is said about a new person, checked. The e-mail address is kept in lower case. */
public record PersonDraft(String email, String name) {
  private static final Pattern EMAIL = Pattern.compile("[^\\s@,;<>]+@[^\\s@,;<>]+");
  private static final int LONGEST = 200;

  public PersonDraft {
    email = email.strip().toLowerCase(Locale.ROOT);
    name = name.strip();
    if (!EMAIL.matcher(email).matches() || email.length() > LONGEST) {
      throw Refusal.invalid("email", "That is no e-mail address: write it like name@example.com.");
    }
    if (name.isEmpty() || name.length() > LONGEST) {
      throw Refusal.invalid("name", "Say your name, in at most " + LONGEST + " characters.");
    }
  }
}
