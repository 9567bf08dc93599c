package org.tagwarden.collector.owners;

import java.time.LocalDate;

/**
 * Somebody who answers for a site, or for one of its tags.
 *
 * @param tagKey "" for the site itself
 * @param reviewOn until then somebody has to say that it still holds
 */
public record Ownership(
    int id,
    int siteId,
    String tagKey,
    Duty duty,
    Rank rank,
    String name,
    String email,
    LocalDate reviewOn) {
  /** "IT owner", "business deputy". */
  public String title() {
    return title(duty, rank);
  }

  /** What such an office is called. */
  public static String title(Duty duty, Rank rank) {
    return (duty == Duty.IT ? "IT " : "business ") + (rank == Rank.OWNER ? "owner" : "deputy");
  }
}
