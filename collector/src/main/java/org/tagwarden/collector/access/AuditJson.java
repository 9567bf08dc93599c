package org.tagwarden.collector.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.regex.Pattern;

/** Records as the audit log keeps them: JSON without secrets, and the part of it that changed. */
final class AuditJson {
  /** Names of values that are never written down, whatever they hold. */
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|passwd|secret|token|credential|private.?key)s?");

  /** {@code ${secret:NAME}} is a reference, and says nothing. */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:[^}]*\\}");

  private static final String MASK = "********";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private AuditJson() {}

  static JsonObject of(Object value) {
    try {
      String json =
          value instanceof JsonObject object ? object.encode() : JSON.writeValueAsString(value);
      return masked(new JsonObject(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The audit log could not write " + value.getClass(), e);
    }
  }

  /** What of the first is not the same in the second, at any depth of objects. */
  static JsonObject without(JsonObject first, JsonObject second) {
    JsonObject differing = new JsonObject();
    for (String name : first.fieldNames()) {
      Object here = first.getValue(name);
      Object there = second.getValue(name);
      if (here instanceof JsonObject a && there instanceof JsonObject b) {
        JsonObject inner = without(a, b);
        if (!inner.isEmpty()) differing.put(name, inner);
      } else if (!Objects.equals(here, there)) {
        differing.put(name, here);
      }
    }
    return differing;
  }

  private static JsonObject masked(JsonObject object) {
    JsonObject masked = new JsonObject();
    for (String name : object.fieldNames()) {
      Object value = object.getValue(name);
      boolean secret = value instanceof String text && isSecret(name, text);
      masked.put(name, secret ? MASK : masked(value));
    }
    return masked;
  }

  private static boolean isSecret(String name, String value) {
    return SECRET.matcher(name).matches()
        && !value.isEmpty()
        && !REFERENCE.matcher(value).matches();
  }

  private static Object masked(Object value) {
    if (value instanceof JsonObject object) return masked(object);
    if (!(value instanceof JsonArray array)) return value;
    JsonArray masked = new JsonArray();
    for (Object element : array) masked.add(masked(element));
    return masked;
  }
}
