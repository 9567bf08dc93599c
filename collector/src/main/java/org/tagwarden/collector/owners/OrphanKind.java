package org.tagwarden.collector.owners;

/** Why nobody really answers for something; each is a finding of its site. */
public enum OrphanKind {
  /** The owner has answered that it can go. */
  UNNEEDED("no-longer-needed", "The owner says it is no longer needed"),
  /** The account was closed. */
  LEFT("owner-left", "The owner has left"),
  /** Mails to the address are refused. */
  BOUNCES("owner-unreachable", "Mails to the owner are refused"),
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

  /** As it stands in the findings. */
  public String checkId() {
    return checkId;
  }

  public String title() {
    return title;
  }
}
