package org.tagwarden.collector.site;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.report.PageSet;
import org.tagwarden.report.VisitOptions;

/**
 * A web site of a client, and how it is scanned.
 *
 * @param baseUrl for example https://shop.example
 * @param firstParty further registrable domains that are the site's own
 * @param automaticSettle whether the settle time follows from the site's history instead of {@code
 *     options}
 * @param alertEmails who gets its alerts
 * @param archivedAt when it left the lists; null while it is scanned
 */
public record Site(
    int id,
    int clientId,
    String clientName,
    String name,
    String baseUrl,
    List<String> firstParty,
    PageSet pages,
    VisitOptions options,
    boolean automaticSettle,
    SiteSteps steps,
    boolean lighthouse,
    List<String> alertEmails,
    Instant createdAt,
    @Nullable Instant archivedAt) {
  public Site {
    firstParty = List.copyOf(firstParty);
    alertEmails = List.copyOf(alertEmails);
  }

  /** What of it a person can change. */
  public SiteDraft draft() {
    return new SiteDraft(
        name, baseUrl, firstParty, pages, options, automaticSettle, steps, lighthouse, alertEmails);
  }
}
