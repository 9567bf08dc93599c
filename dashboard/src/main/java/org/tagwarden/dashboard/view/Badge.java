package org.tagwarden.dashboard.view;

/** A coloured word: good, warn, bad, severe, info or plain calm. */
public record Badge(String label, String tone) {
  /** A tag's state. */
  public static Badge tag(String state) {
    return switch (state) {
      case "APPROVED" -> new Badge("Approved", "good");
      case "REFUSED" -> new Badge("Refused", "severe");
      case "PENDING" -> new Badge("Pending", "warn");
      case "PARTLY" -> new Badge("Partly authorized", "warn");
      default -> new Badge("Undecided", "bad");
    };
  }

  /** A finding's severity. */
  public static Badge severity(String severity) {
    return switch (severity) {
      case "CRITICAL" -> new Badge("Critical", "severe");
      case "HIGH" -> new Badge("High", "bad");
      case "MEDIUM" -> new Badge("Medium", "warn");
      default -> new Badge("Low", "calm");
    };
  }

  /** A finding's state. */
  public static Badge finding(String state) {
    return "RESOLVED".equals(state) ? new Badge("Resolved", "good") : new Badge("Open", "bad");
  }

  /** What happened to a thing. */
  public static Badge change(String what) {
    return switch (what) {
      case "NEW" -> new Badge("New", "info");
      case "GONE" -> new Badge("Gone", "calm");
      case "RETURNED" -> new Badge("Returned", "info");
      default -> new Badge("Changed", "warn");
    };
  }

  /** A scan's state. */
  public static Badge scan(String state, int failedVisits) {
    return switch (state) {
      case "DONE" ->
          failedVisits > 0 ? new Badge("Done, with gaps", "warn") : new Badge("Done", "good");
      case "RUNNING" -> new Badge("Running", "info");
      case "PARKED" -> new Badge("Did not run", "bad");
      default -> new Badge("Waiting", "calm");
    };
  }

  /** How a page visit ended. */
  public static Badge visit(String outcome) {
    return switch (outcome) {
      case "COMPLETE" -> new Badge("Complete", "good");
      case "CUT_SHORT" -> new Badge("Cut short", "warn");
      case "CHALLENGED" -> new Badge("Bot challenge", "warn");
      default -> new Badge("Failed", "bad");
    };
  }

  /** An alert's state. */
  public static Badge alert(String state) {
    return switch (state) {
      case "SENT" -> new Badge("Sent", "good");
      case "FAILED" -> new Badge("Failed", "bad");
      case "SENDING" -> new Badge("Sending", "info");
      default -> new Badge("Waiting", "warn");
    };
  }
}
