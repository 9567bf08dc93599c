package org.tagwarden.collector.api;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tagwarden.collector.Refusal;
import org.tagwarden.report.InvalidReportException;

/**
 * The one place where a failure becomes an answer: problem+json (RFC 9457) with a sentence for
 * people. What is our own fault is logged here, once, with its cause; the caller sees no internals.
 */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final int OURS = 500;

  /** Keywords of a schema whose errors only say that there is one within. */
  private static final Set<String> WRAPPERS =
      Set.of("properties", "additionalProperties", "items", "$ref", "allOf", "anyOf", "oneOf");

  private Problems() {}

  /** A failure handler for routes. */
  static void handle(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure instanceof HttpException http && http.getCause() != null) failure = http.getCause();
    if (failure instanceof Refusal refusal) {
      answer(context, refusal.kind().status(), refusal.sentence(), refusal.field());
    } else if (failure instanceof InvalidReportException invalid) {
      answer(context, Refusal.Kind.INVALID.status(), sentence(invalid.getMessage()), null);
    } else if (failure instanceof SchemaValidationException invalid) {
      answer(context, Refusal.Kind.INVALID.status(), broken(invalid), field(invalid));
    } else if (failure instanceof ValidatorException invalid) {
      answer(context, Refusal.Kind.INVALID.status(), sentence(invalid.getMessage()), null);
    } else if (failure instanceof HttpException http) {
      answer(context, http.getStatusCode(), byStatus(http.getStatusCode()), null);
    } else if (failure == null && context.statusCode() > 0 && context.statusCode() != OURS) {
      answer(context, context.statusCode(), byStatus(context.statusCode()), null);
    } else {
      LOG.error("{} {} failed", context.request().method(), context.request().path(), failure);
      answer(context, OURS, "Something went wrong here; the server's log says what.", null);
    }
  }

  private static void answer(
      RoutingContext context, int status, String detail, @Nullable String field) {
    if (context.response().ended() || context.response().closed()) return;
    JsonObject problem = JsonObject.of("status", status, "detail", detail);
    if (field != null) problem.put("field", field);
    if (status == Refusal.Kind.UNAUTHENTICATED.status()) {
      context.response().putHeader("WWW-Authenticate", "Bearer");
    }
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(problem.toBuffer());
  }

  private static String byStatus(int status) {
    return switch (status) {
      case 400 -> "The request is not understood.";
      case 404 -> "There is nothing here: see openapi.yaml for what there is.";
      case 405 -> "This address does not know that method: see openapi.yaml.";
      case 413 -> "The body is too big.";
      case 415 -> "Send the body as application/json.";
      default -> "The request was refused (" + status + ").";
    };
  }

  private static String broken(SchemaValidationException invalid) {
    OutputUnit error = deepest(invalid);
    String said = error == null ? null : plain(error.getError());
    if (said == null) return sentence(String.valueOf(invalid.getMessage()));
    String field = field(invalid);
    // Without a place inside a body it is about a parameter, which the message names.
    return sentence(field == null ? String.valueOf(invalid.getMessage()) : field + ": " + said);
  }

  private static @Nullable String field(SchemaValidationException invalid) {
    OutputUnit error = deepest(invalid);
    if (error == null || error.getInstanceLocation() == null) return null;
    String path = error.getInstanceLocation().replaceFirst("^#/?", "").replace('/', '.');
    return path.isEmpty() ? null : path;
  }

  /** "role: must be one of ..." */
  private static @Nullable String plain(@Nullable String said) {
    return said == null
        ? null
        : said.replaceFirst("^Instance does not match any of ", "must be one of ")
            .replaceFirst("^Instance type .* is invalid\\. Expected ", "must be of the type ");
  }

  /** The error that is furthest down in the body says it best; not one that says that one is. */
  private static @Nullable OutputUnit deepest(SchemaValidationException invalid) {
    OutputUnit unit = invalid.getOutputUnit();
    List<OutputUnit> errors = unit == null ? null : unit.getErrors();
    if (errors == null || errors.isEmpty()) return null;
    OutputUnit deepest = errors.get(0);
    for (OutputUnit error : errors) if (depth(error) >= depth(deepest)) deepest = error;
    return deepest;
  }

  private static int depth(OutputUnit error) {
    String keyword = String.valueOf(error.getKeywordLocation());
    boolean wrapper = WRAPPERS.contains(keyword.substring(keyword.lastIndexOf('/') + 1));
    return String.valueOf(error.getInstanceLocation()).length() * 2 + (wrapper ? 0 : 1);
  }

  private static String sentence(@Nullable String text) {
    String said = text == null || text.isBlank() ? "The request is not understood" : text.strip();
    return said.endsWith(".") ? said : said + ".";
  }
}
