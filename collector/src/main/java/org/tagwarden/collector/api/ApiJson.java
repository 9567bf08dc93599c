package org.tagwarden.collector.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.access.Role;
import org.tagwarden.report.InvalidReportException;

/** The API's JSON: records as they are, times as ISO 8601, roles in lower case, no nulls. */
final class ApiJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addSerializer(Role.class, new RoleWord()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private static final class RoleWord extends JsonSerializer<Role> {
    @Override
    public void serialize(Role role, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(role.word());
    }
  }

  private ApiJson() {}

  static Buffer write(Object value) {
    try {
      return Buffer.buffer(JSON.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An answer could not be written as JSON", e);
    }
  }

  static JsonObject object(Object value) {
    return new JsonObject(write(value));
  }

  /** A record of validated JSON; the record's own refusal is thrown as it is. */
  static <T> T read(JsonObject json, Class<T> type) {
    try {
      return JSON.readValue(json.encode(), type);
    } catch (JsonProcessingException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof Refusal refusal) throw refusal;
        if (cause instanceof InvalidReportException invalid) {
          throw Refusal.of(Refusal.Kind.INVALID, invalid.getMessage() + ".");
        }
      }
      throw Refusal.of(
          Refusal.Kind.INVALID, "The body is not understood: " + e.getOriginalMessage());
    }
  }
}
