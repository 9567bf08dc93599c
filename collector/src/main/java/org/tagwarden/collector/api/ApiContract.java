package org.tagwarden.collector.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.tagwarden.collector.access.Role;

/**
 * api.yaml: the one description of the API, served, validated against, and asked who may call what.
 */
record ApiContract(String yaml, OpenAPIContract contract) {
  private static final String RESOURCE = "/api.yaml";

  /** Where the API is mounted. */
  static final String ROOT = "/api/v1";

  static Future<ApiContract> load(Vertx vertx) {
    String yaml = text();
    JsonObject json = json(yaml);
    // Vert.x wants a whole URL; its path tells where in a request's path the parameters begin.
    json.put("servers", JsonArray.of(JsonObject.of("url", "http://localhost" + ROOT)));
    return OpenAPIContract.from(vertx, json).map(read -> new ApiContract(yaml, read));
  }

  private static String text() {
    try (InputStream stream = ApiContract.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) throw new IllegalStateException("No " + RESOURCE + " on the class path");
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonObject json(String yaml) {
    try {
      return new JsonObject(
          new YAMLMapper().readValue(yaml, new TypeReference<Map<String, Object>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " is not YAML", e);
    }
  }

  /** The role that an operation needs. */
  static Role role(Operation operation) {
    Object role = operation.getExtensions().get("x-role");
    if (role == null) {
      throw new IllegalStateException(operation.getOperationId() + " names no x-role in api.yaml");
    }
    return Role.of(role.toString());
  }

  /** Who may call it: the role it needs, and another one that does as well. */
  static List<Role> roles(Operation operation) {
    Object other = operation.getExtensions().get("x-or-role");
    return other == null
        ? List.of(role(operation))
        : List.of(role(operation), Role.of(other.toString()));
  }

  /** Whether the operation reads its body itself, as it comes in. */
  static boolean readsRawBody(Operation operation) {
    return Boolean.TRUE.equals(operation.getExtensions().get("x-raw-body"));
  }
}
