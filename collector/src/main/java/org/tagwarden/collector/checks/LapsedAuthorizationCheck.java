package org.tagwarden.collector.checks;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Authorization.Term;
import org.tagwarden.collector.governance.rules.Occurrence;
import org.tagwarden.collector.governance.rules.Ruling;
import org.tagwarden.collector.governance.rules.Verdict;
import org.tagwarden.collector.vendors.Category;
import org.tagwarden.collector.vendors.Tag;
import org.tagwarden.report.CapturedRequest;

/**
 * A tag that still runs although its authorization has expired, or nobody has looked at it again.
 */
final class LapsedAuthorizationCheck implements Check {
  @Override
  public String id() {
    return "authorization-lapsed";
  }

  @Override
  public String title() {
    return "Authorization that has expired or is due for review";
  }

  @Override
  public String whyItMatters() {
    return "A tag was let in for a time. Without a second look the campaign ends and its tag stays, read by"
        + " nobody and owned by nobody.";
  }

  @Override
  public Severity severity() {
    return Severity.HIGH;
  }

  @Override
  public List<Failure> examine(Visited visited) {
    FailureBySubject failures = new FailureBySubject();
    if (visited.authorizations().all().isEmpty()) return failures.all();
    for (Tag tag : visited.recognition().tags()) {
      for (CapturedRequest request : visited.visit().requests()) {
        if (!tag.requestIds().contains(request.id())) continue;
        judge(failures, visited, tag, visited.rule(Occurrence.of(tag, request)));
      }
    }
    return failures.all();
  }

  private static void judge(FailureBySubject failures, Visited visited, Tag tag, Ruling ruling) {
    Authorization lapsed = ruling.lapsed();
    Authorization deciding = ruling.deciding();
    if (ruling.approvalLapsed() && lapsed != null) {
      add(
          failures,
          tag,
          lapsed,
          Severity.HIGH,
          "The authorization of " + tag.product() + " expired on " + day(lapsed.term().expires()),
          "Decide anew, with a justification for the time to come, or have the tag removed.");
    } else if (deciding != null
        && deciding.verdict() == Verdict.APPROVED
        && deciding.reviewOverdue(visited.judgedAt())) {
      add(
          failures,
          tag,
          deciding,
          Severity.LOW,
          "The authorization of "
              + tag.product()
              + " was to be reviewed by "
              + day(deciding.term().review()),
          "Ask its owner whether it is still needed, and save it with a new review date.");
    }
  }

  private static void add(
      FailureBySubject failures,
      Tag tag,
      Authorization about,
      Severity severity,
      String what,
      String remedy) {
    String owner = about.keepers().owner();
    failures.add(
        tag.key(),
        tag.key(),
        severity,
        what + ", and it still runs.",
        List.of(
            "Authorization: " + about.subject().label(),
            "Approved by: " + about.approval().by(),
            "Justification: " + about.justification().text(),
            "Owner: " + (owner.isEmpty() ? "nobody" : owner)),
        remedy);
  }

  private static String day(@Nullable LocalDate day) {
    return String.valueOf(day);
  }

  @Override
  public Visited example() {
    LocalDate past = LocalDate.of(2026, 2, 28);
    return ExampleVisit.clean()
        .tag("ads.network.example", "network", "Ad network", Category.ADVERTISING, "n-1")
        .script("https://ads.network.example/n.js", "ads();")
        .authorized("network", new Term(past, null))
        .visited();
  }
}
