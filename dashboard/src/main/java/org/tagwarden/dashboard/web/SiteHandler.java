package org.tagwarden.dashboard.web;

import io.vertx.core.Future;
import org.tagwarden.collector.site.Site;

/** Answers a request about one site, which the person may see (see {@link SiteMap#site}). */
@FunctionalInterface
public interface SiteHandler {
  /** A failed future, or a thrown {@code Refusal}, becomes an error page. */
  Future<Reply> handle(Request request, Site site);
}
