package org.tagwarden.dashboard.web;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.site.Site;

/** Who is behind a cookie, and which sites they may see: the collector's answers for the routes. */
public interface Guard {
  /** The session of this cookie value; null when there is none (any more). */
  Future<@Nullable SignedIn> session(String token);

  /**
   * The site, if this person may read it. Fails with a {@code Refusal} otherwise, in the same words
   * whether it does not exist or belongs to somebody else.
   */
  Future<Site> site(SignedIn person, int siteId);
}
