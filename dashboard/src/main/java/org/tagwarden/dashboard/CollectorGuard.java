package org.tagwarden.dashboard;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Collector;
import org.tagwarden.collector.access.Session;
import org.tagwarden.collector.access.Sessions;
import org.tagwarden.collector.site.Site;
import org.tagwarden.collector.site.Sites;
import org.tagwarden.dashboard.web.Guard;
import org.tagwarden.dashboard.web.SignedIn;

/** The routes' guard, by the collector's sessions and sites. */
final class CollectorGuard implements Guard {
  private final Sessions sessions;
  private final Sites sites;

  CollectorGuard(Collector collector) {
    this.sessions = collector.access().sessions();
    this.sites = collector.sites();
  }

  @Override
  public Future<@Nullable SignedIn> session(String token) {
    return sessions.find(token).map(found -> found.map(CollectorGuard::signedIn).orElse(null));
  }

  private static SignedIn signedIn(Session session) {
    return new SignedIn(
        session.principal(),
        session.person().email(),
        session.token(),
        session.csrf(),
        session.askAgainAt());
  }

  @Override
  public Future<Site> site(SignedIn person, int siteId) {
    return sites.get(person.principal(), siteId);
  }
}
