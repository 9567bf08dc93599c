package org.tagwarden.dashboard.pages.owners;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.db.SqlValues;
import org.tagwarden.collector.owners.EscalationPath;
import org.tagwarden.collector.owners.Owners;
import org.tagwarden.collector.owners.Ownership;
import org.tagwarden.dashboard.pages.site.SiteFrame;
import org.tagwarden.dashboard.web.Request;

/**
 * Owners and the path.
 *
 * @param subjects what somebody can answer for: the site ("") and its tags, by key
 * @param path the one that holds, the site's own or its client's; null when there is none
 * @param typed what was typed into a form that was refused, or of whom is to be changed
 * @param pathVersion of the path that is shown; 0 for none
 */
public record OwnersView(
    SiteFrame frame,
    List<OwnerLine> owners,
    Map<String, String> subjects,
    @Nullable EscalationPath path,
    PathForm form,
    Map<String, String> typed,
    int pathVersion,
    Map<String, String> problems) {
  public static final Map<String, String> DUTIES = Map.of("IT", "IT", "BUSINESS", "Business");
  public static final Map<String, String> RANKS = ranks();

  /** Months that a review holds. */
  public static final Map<String, String> REVIEWS = reviews();

  /**
   * Somebody who answers for something.
   *
   * @param unreached whether mails to them come back or are refused
   */
  public record OwnerLine(
      int id,
      String subject,
      String title,
      String name,
      String email,
      LocalDate reviewOn,
      int reviewMonths,
      boolean overdue,
      boolean unreached) {
    /** How often somebody is asked. */
    public String rhythm() {
      return REVIEWS.getOrDefault(
          String.valueOf(reviewMonths), "Every " + reviewMonths + " months");
    }
  }

  private static final List<String> FIELDS =
      List.of(
          "subject",
          "duty",
          "rank",
          "ownerName",
          "ownerEmail",
          "reviewOn",
          "reviewMonths",
          "version");

  private static Map<String, String> ranks() {
    Map<String, String> ranks = new LinkedHashMap<>();
    ranks.put("OWNER", "Owner");
    ranks.put("DEPUTY", "Deputy");
    return ranks;
  }

  private static Map<String, String> reviews() {
    Map<String, String> reviews = new LinkedHashMap<>();
    reviews.put("12", "Every year");
    reviews.put("6", "Every 6 months");
    reviews.put("3", "Every 3 months");
    reviews.put("24", "Every 2 years");
    return reviews;
  }

  static Map<String, String> typed(
      Request request, List<Owners.Named> named, Map<String, String> problems) {
    Map<String, String> typed = new LinkedHashMap<>();
    // As it is shown: a year from now.
    typed.put("reviewOn", SqlValues.day(request.now()).plusYears(1).toString());
    int edit = request.number("edit", 1, Integer.MAX_VALUE, 0);
    for (Owners.Named one : named) if (one.owner().id() == edit) put(typed, one);
    if (problems.isEmpty()) return typed;
    for (String field : FIELDS) typed.put(field, request.text(field));
    return typed;
  }

  private static void put(Map<String, String> typed, Owners.Named one) {
    Ownership owner = one.owner();
    typed.put("subject", owner.tagKey());
    typed.put("duty", owner.duty().name());
    typed.put("rank", owner.rank().name());
    typed.put("ownerName", owner.name());
    typed.put("ownerEmail", owner.email());
    typed.put("reviewMonths", String.valueOf(one.reviewMonths()));
    typed.put("version", String.valueOf(one.version()));
  }

  public String typed(String field, String standard) {
    return typed.getOrDefault(field, standard);
  }

  public String problem(String field) {
    return problems.getOrDefault(field, "");
  }
}
