package org.tagwarden.collector.owners;

import java.time.LocalDate;
import java.util.regex.Pattern;
import org.tagwarden.collector.Refusal;

/**
 * What a person says about an owner or deputy.
 *
 * @param tagKey "" for the site itself
 * @param reviewOn until then somebody has to say that it still holds
 * @param reviewMonths how long that holds then
 */
public record OwnerDraft(
    String tagKey,
    Duty duty,
    Rank rank,
    String name,
    String email,
    LocalDate reviewOn,
    int reviewMonths) {
  /** What reviews hold for unless somebody says otherwise. */
  public static final int A_YEAR = 12;

  static final Pattern EMAIL = Pattern.compile("[^\\s@,;<>]+@[^\\s@,;<>]+");
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_REVIEW = 36;

  public OwnerDraft {
    name = name.strip();
    email = email.strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME)
      throw Refusal.invalid("ownerName", "Give a name of at most " + LONGEST_NAME + " characters.");
    if (!EMAIL.matcher(email).matches() || email.length() > LONGEST_EMAIL)
      throw Refusal.invalid(
          "ownerEmail", "This is no e-mail address: write it like name@example.com.");
    if (reviewMonths < 1 || reviewMonths > LONGEST_REVIEW)
      throw Refusal.invalid(
          "reviewMonths", "A review holds between 1 and " + LONGEST_REVIEW + " months.");
  }

  /** Throws unless the review lies within the next years. */
  void checkReview(LocalDate today) {
    if (!reviewOn.isAfter(today) || reviewOn.isAfter(today.plusMonths(LONGEST_REVIEW)))
      throw Refusal.invalid("reviewOn", "Choose a day within the next three years.");
  }

  /** "IT owner of hotjar". */
  String described() {
    return Ownership.title(duty, rank) + " of " + (tagKey.isEmpty() ? "the site" : tagKey);
  }
}
