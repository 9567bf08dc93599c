package org.tagwarden.collector.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.Operation;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.ApiTokens;
import org.tagwarden.collector.access.Principal;
import org.tagwarden.collector.access.Role;

/**
 * Mounts the API under /api/v1: who calls, may they, is the request as api.yaml says, then the
 * operation's handler. Every failure ends in {@link Problems}.
 */
public final class ApiRoutes {
  private static final long LARGEST_BODY = 1 << 20;

  private final Vertx vertx;
  private final ApiTokens tokens;
  private final Map<String, ApiHandler> handlers;

  ApiRoutes(Vertx vertx, ApiTokens tokens, Map<String, ApiHandler> handlers) {
    this.vertx = vertx;
    this.tokens = tokens;
    this.handlers = handlers;
  }

  /** Reads api.yaml and adds the routes. */
  public Future<Void> mount(Router router) {
    return ContractLoading.onWorker(vertx).map(contract -> mount(router, contract));
  }

  private Void mount(Router router, ApiContract contract) {
    router
        .get(ApiContract.ROOT + "/openapi.yaml")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Content-Type", "application/yaml; charset=utf-8")
                    .end(contract.yaml()));
    router.route(ApiContract.ROOT + "/*").failureHandler(Problems::handle);
    router.route(ApiContract.ROOT + "/*").handler(new Bearer(tokens)::handle);
    router.route(ApiContract.ROOT + "/*").subRouter(operations(contract));
    router.route(ApiContract.ROOT + "/*").handler(context -> nothingHere(context, contract));
    return null;
  }

  private static void nothingHere(RoutingContext context, ApiContract contract) {
    boolean path = contract.contract().findPath(context.request().path()) != null;
    context.fail(path ? 405 : 404);
  }

  private Router operations(ApiContract contract) {
    RouterBuilder builder =
        RouterBuilder.create(vertx, contract.contract(), RequestExtractor.withBodyHandler());
    BodyHandler body = BodyHandler.create(false).setBodyLimit(LARGEST_BODY);
    builder.rootHandler(
        context -> {
          if (isRaw(contract, context)) context.next();
          else body.handle(context);
        });
    for (OpenAPIRoute route : builder.getRoutes()) {
      Operation operation = route.getOperation();
      ApiHandler handler = handlers.get(operation.getOperationId());
      if (handler == null) {
        throw new IllegalStateException(operation.getOperationId() + " of api.yaml has no handler");
      }
      List<Role> needed = ApiContract.roles(operation);
      route.setDoSecurity(false); // Bearer did it, before the body was read
      if (ApiContract.readsRawBody(operation)) route.setDoValidation(false);
      route.addHandler(context -> call(context, needed, handler));
      route.addFailureHandler(Problems::handle);
    }
    Router operations = builder.createRouter();
    operations.route().failureHandler(Problems::handle);
    return operations;
  }

  private static boolean isRaw(ApiContract contract, RoutingContext context) {
    String path = context.request().path().substring(ApiContract.ROOT.length());
    return contract.contract().operations().stream()
        .anyMatch(
            operation ->
                ApiContract.readsRawBody(operation) && operation.getOpenAPIPath().equals(path));
  }

  /** A token for one site opens only what is below that site's path: whatever else comes, too. */
  private static Refusal outside(int only) {
    return Refusal.of(
        Refusal.Kind.FORBIDDEN,
        "This token is for one site: only calls below /sites/" + only + " are open to it.");
  }

  private static void call(RoutingContext context, List<Role> needed, ApiHandler handler) {
    Principal principal = Bearer.of(context);
    if (needed.stream().noneMatch(principal::maySomewhere)) {
      context.fail(
          Refusal.of(
              Refusal.Kind.FORBIDDEN,
              "This call needs a token with the role \""
                  + String.join("\" or \"", needed.stream().map(Role::word).toList())
                  + "\"."));
      return;
    }
    Integer only = Bearer.onlySite(context);
    if (only != null && !only.toString().equals(context.pathParam("siteId"))) {
      context.fail(outside(only));
      return;
    }
    handler
        .answer(new ApiCall(context, principal))
        .onSuccess(answer -> answer.send(context))
        .onFailure(context::fail);
  }
}
