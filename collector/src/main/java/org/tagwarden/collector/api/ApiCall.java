package org.tagwarden.collector.api;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.access.Principal;

/** A call whose bearer may make it and whose parameters and body api.yaml allows. */
record ApiCall(RoutingContext context, Principal principal) {
  /** A path parameter that is a number. */
  int number(String name) {
    return Integer.parseInt(context.pathParam(name));
  }

  /** A path parameter that is a UUID. */
  UUID uuid(String name) {
    return UUID.fromString(context.pathParam(name));
  }

  /** A path parameter that names a constant. */
  <E extends Enum<E>> E choice(String name, Class<E> type) {
    return Enum.valueOf(type, context.pathParam(name));
  }

  Optional<String> query(String name) {
    return Optional.ofNullable(context.request().getParam(name));
  }

  /** The version that a call without a body is based upon; null: whatever is there. */
  @Nullable Integer seenVersion() {
    String version = context.request().getParam("version");
    return version == null ? null : Integer.valueOf(version);
  }

  /** The body; empty when there was none. */
  JsonObject body() {
    ValidatedRequest request = context.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
    RequestParameter body = request.getBody();
    return body == null || body.isEmpty() ? new JsonObject() : body.getJsonObject();
  }
}
