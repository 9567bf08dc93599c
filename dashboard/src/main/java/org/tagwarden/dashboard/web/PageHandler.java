package org.tagwarden.dashboard.web;

import io.vertx.core.Future;

/** Answers a page request; on the event loop. */
@FunctionalInterface
public interface PageHandler {
  /** A failed future, or a thrown {@code Refusal}, becomes an error page. */
  Future<Reply> handle(Request request);
}
