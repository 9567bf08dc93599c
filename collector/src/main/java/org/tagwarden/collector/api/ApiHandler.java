package org.tagwarden.collector.api;

import io.vertx.core.Future;

/** One operation of api.yaml. Called on the event loop; may throw or fail with a Refusal. */
@FunctionalInterface
interface ApiHandler {
  Future<ApiAnswer> answer(ApiCall call);
}
