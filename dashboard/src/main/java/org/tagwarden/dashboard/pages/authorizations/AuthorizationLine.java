package org.tagwarden.dashboard.pages.authorizations;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.governance.Reach;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.site.Site;
import org.tagwarden.dashboard.view.Badge;

/**
 * An authorization in a list.
 *
 * @param where "Shop", or "all sites of Northwind"
 * @param reach how far it goes today; null when nobody asked, or can tell
 */
public record AuthorizationLine(
    Authorization one, String client, String where, Badge state, @Nullable Reach reach) {
  static AuthorizationLine of(
      Authorization one, List<Site> sites, Instant now, @Nullable Reach reach) {
    String client = "client " + one.scope().clientId();
    String site = "an archived site";
    for (Site known : sites) {
      if (known.clientId() == one.scope().clientId()) client = known.clientName();
      if (Integer.valueOf(known.id()).equals(one.scope().siteId())) site = known.name();
    }
    String pages = one.scope().pages() == Scope.Pages.PAYMENT ? ", payment pages" : "";
    String where = one.scope().siteId() == null ? "All sites of " + client : site;
    return new AuthorizationLine(one, client, where + pages, state(one, now), reach);
  }

  /** What has lapsed says so before it says what it was. */
  static Badge state(Authorization one, Instant now) {
    if (one.expired(now)) return new Badge("Expired", "bad");
    if (one.reviewOverdue(now)) return new Badge("Review overdue", "warn");
    return Badge.tag(one.verdict().name());
  }

  /** Whether it decides nothing of what runs today. */
  public boolean idle() {
    return reach != null && !reach.decides();
  }

  /** Whether others are about some of the same. */
  public boolean overlaps() {
    return reach != null && !reach.overlaps().isEmpty();
  }

  /** Whether it limits anything. */
  public boolean limited() {
    return !one.envelope().isOpen();
  }
}
