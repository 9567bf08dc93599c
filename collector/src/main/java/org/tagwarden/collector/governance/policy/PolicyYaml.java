package org.tagwarden.collector.governance.policy;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy in YAML: "client:", its name, and "authorizations:", a list. */
final class PolicyYaml {
  private static final String ENTRIES = "authorizations";

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                  .build())
          .build();

  private PolicyYaml() {}

  static String write(String client, List<JsonObject> entries) {
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("client", client);
    policy.put(ENTRIES, entries.stream().map(PolicyYaml::plain).toList());
    try {
      return "# What may run on the sites of "
          + client.replaceAll("\\R", " ")
          + ". Every key: configs/policies/README.md\n"
          + YAML.writeValueAsString(policy);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A policy could not be written", e);
    }
  }

  private static Object plain(Object value) {
    if (value instanceof JsonObject object) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (Map.Entry<String, Object> entry : object)
        map.put(entry.getKey(), plain(entry.getValue()));
      return map;
    }
    if (value instanceof JsonArray array) return array.stream().map(PolicyYaml::plain).toList();
    return value;
  }

  /** Reads one; a refusal says line and column of what is wrong. */
  static Policy read(String text) {
    try (JsonParser tokens = YAML.createParser(text)) {
      return new Reading(tokens).policy();
    } catch (JsonProcessingException e) {
      throw place(e.getLocation()).wrong("this is not YAML (" + problem(e) + ").");
    } catch (IOException e) {
      throw new UncheckedIOException("A text cannot fail to be read", e);
    }
  }

  /** The parser says where it was in lines of their own, and what was wrong there in the last. */
  private static String problem(JsonProcessingException e) {
    String problem = "";
    for (String line : e.getOriginalMessage().split("\\R")) {
      boolean said = !line.isBlank() && !line.startsWith(" ");
      if (said) problem = line.strip();
    }
    return problem.startsWith("expected <block end>")
        ? "it is not indented as what it belongs to"
        : problem;
  }

  private static Place place(@Nullable JsonLocation at) {
    boolean known = at != null && at.getLineNr() > 0 && at.getColumnNr() > 0;
    return known ? new Place(at.getLineNr(), at.getColumnNr()) : Place.START;
  }

  /** One pass over the tokens, which know where they stand. */
  private static final class Reading {
    private final JsonParser tokens;
    private final List<PolicyEntry> entries = new ArrayList<>();
    private boolean listed;
    private @Nullable String client;
    private Map<String, Place> places = new HashMap<>();

    Reading(JsonParser tokens) {
      this.tokens = tokens;
    }

    Policy policy() throws IOException {
      if (tokens.nextToken() != JsonToken.START_OBJECT) {
        throw here().wrong("a policy begins with client: and authorizations:.");
      }
      while (tokens.nextToken() != JsonToken.END_OBJECT) {
        String key = tokens.currentName();
        Place place = here();
        tokens.nextToken();
        switch (key) {
          case "client" -> client = name();
          case ENTRIES -> {
            listed = true;
            list();
          }
          default ->
              throw place.wrong(
                  "A policy knows no \"" + key + "\"; it knows client and authorizations.");
        }
      }
      // With "withdraw what is not in it" a file that lost its end would withdraw everything.
      if (!listed) throw Place.START.wrong("authorizations: is missing; write [] for none.");
      if (tokens.nextToken() != null) {
        throw here().wrong("a policy is one document: this is a second one.");
      }
      return new Policy(client, entries);
    }

    private String name() throws IOException {
      boolean said = tokens.currentToken() != JsonToken.VALUE_NULL;
      if (said && tokens.currentToken().isScalarValue() && !tokens.getText().isBlank()) {
        return tokens.getText();
      }
      throw here().wrong("client: is a name.");
    }

    private void list() throws IOException {
      if (tokens.currentToken() == JsonToken.VALUE_NULL) return;
      if (tokens.currentToken() != JsonToken.START_ARRAY) {
        throw here().wrong("authorizations: is a list, each entry begins with a dash.");
      }
      while (tokens.nextToken() != JsonToken.END_ARRAY) {
        if (tokens.currentToken() != JsonToken.START_OBJECT) {
          throw here().wrong("an authorization has keys, one a line.");
        }
        Place place = here();
        places = new HashMap<>();
        JsonObject json = object("");
        entries.add(new PolicyEntry(json, place, places));
      }
    }

    private JsonObject object(String before) throws IOException {
      JsonObject json = new JsonObject();
      while (tokens.nextToken() != JsonToken.END_OBJECT) {
        String key = tokens.currentName();
        places.put(before + key, here());
        tokens.nextToken();
        Object value = value(before + key + ".");
        // A key without a value says nothing.
        if (value != null) json.put(key, value);
      }
      return json;
    }

    private @Nullable Object value(String before) throws IOException {
      return switch (tokens.currentToken()) {
        case START_OBJECT -> object(before);
        case START_ARRAY -> array(before);
        case VALUE_NULL -> null;
        case VALUE_NUMBER_INT -> tokens.getLongValue();
        case VALUE_TRUE, VALUE_FALSE -> tokens.getBooleanValue();
        default -> tokens.getText();
      };
    }

    private JsonArray array(String before) throws IOException {
      JsonArray array = new JsonArray();
      while (tokens.nextToken() != JsonToken.END_ARRAY) array.add(value(before));
      return array;
    }

    private Place here() {
      return place(tokens.currentTokenLocation());
    }
  }
}
