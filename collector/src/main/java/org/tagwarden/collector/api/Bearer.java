package org.tagwarden.collector.api;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.Principal;

/** Who calls: the bearer of an API token. Runs before any body is read. */
final class Bearer {
  private static final String PRINCIPAL = "tagwarden.principal";
  private static final String ONLY_SITE = "tagwarden.only-site";
  private static final String SCHEME = "Bearer ";

  private final ApiTokens tokens;

  Bearer(ApiTokens tokens) {
    this.tokens = tokens;
  }

  static Principal of(RoutingContext context) {
    return context.get(PRINCIPAL);
  }

  /** The one site that the token is for; null: all sites of its clients. */
  static @Nullable Integer onlySite(RoutingContext context) {
    return context.get(ONLY_SITE);
  }

  void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String header = request.getHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      context.fail(refused("Send a token with the call: \"Authorization: Bearer tw_...\"."));
      return;
    }
    // The body must not flow by while the database is asked.
    request.pause();
    tokens
        .find(header.substring(SCHEME.length()).strip())
        .onSuccess(
            token -> {
              if (token.isEmpty()) {
                context.fail(
                    refused("This token is unknown, withdrawn or expired: make a new one."));
              } else {
                context.put(PRINCIPAL, token.get().principal().at(CallerAddress.of(context)));
                Integer site = token.get().siteId();
                if (site != null) context.put(ONLY_SITE, site);
                context.next();
              }
              // Only now: whoever reads the body has set its handler.
              request.resume();
            })
        .onFailure(
            e -> {
              context.fail(e);
              request.resume();
            });
  }

  private static Refusal refused(String sentence) {
    return Refusal.of(Refusal.Kind.UNAUTHENTICATED, sentence);
  }
}
