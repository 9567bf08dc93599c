package org.tagwarden.collector.owners;

/** Why nobody really answers for something; each is a finding of its site. */
public enum OrphanKind {
  /** The owner has answered that it can go. */
  UNNEEDED("no-longer-needed", "The owner says it is no longer needed"),
  /** The account was closed. */
  LEFT("owner-left", "The owner has left"),
  /** Mails to the address are refused or come back. */
  BOUNCES("owner-unreachable", "Mails reach nobody"),
  /** No owner is named for the site itself. */
  NOBODY("site-without-owner", "No owner is named"),
  /** Nobody has said in time that it still holds. */
  OVERDUE("owner-review-overdue", "The owner's review is overdue");

  /** Why it matters, the same for all. */
  public static final String WHY =
      "What nobody answers for is not looked at, not updated and not removed: alerts about it reach"
          + " nobody who can decide.";

  private final String checkId;
  private final String title;

  OrphanKind(String checkId, String title) {
    this.checkId = checkId;
    this.title = title;
  }

  /** Whether a finding of this check is about owners, not about what runs. */
  public static boolean isOne(String checkId) {
    for (OrphanKind kind : values()) if (kind.checkId.equals(checkId)) return true;
    return false;
  }

  /** As it stands in the findings. */
  public String checkId() {
    return checkId;
  }

  public String title() {
    return title;
  }
}
