package org.tagwarden.collector.api;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.AuditDownload;
import org.tagwarden.collector.evidence.EvidencePack;

/** What a call answers. {@code body} null: nothing but the status. */
record ApiAnswer(int status, @Nullable Object body) {
  static final ApiAnswer NOTHING = new ApiAnswer(204, null);

  static ApiAnswer ok(Object body) {
    return new ApiAnswer(200, body);
  }

  static ApiAnswer created(Object body) {
    return new ApiAnswer(201, body);
  }

  void send(RoutingContext context) {
    if (context.response().closed()) {
      if (body instanceof EvidencePack pack) pack.remove();
      return;
    }
    context.response().setStatusCode(status);
    if (body == null) {
      context.response().end();
    } else if (body instanceof EvidencePack pack) {
      pack.send(context.response());
    } else if (body instanceof AuditDownload log) {
      log.send(context.response());
    } else {
      context.response().putHeader("Content-Type", "application/json").end(ApiJson.write(body));
    }
  }
}
