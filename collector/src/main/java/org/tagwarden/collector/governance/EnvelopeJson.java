package org.tagwarden.collector.governance;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.governance.rules.Behaviour;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.governance.rules.Lifetime;
import org.tagwarden.report.ConsentState;

/** An envelope as the database, the API and policies write it; a missing key limits nothing. */
public final class EnvelopeJson {
  /** Its keys, in the order in which they are written. */
  public static final List<String> KEYS =
      List.of("hosts", "brings", "cookies", "consent", "pages", "bytes", "requests", "behaviours");

  private EnvelopeJson() {}

  public static JsonObject write(Envelope envelope) {
    JsonObject json = new JsonObject();
    put(json, "hosts", envelope.hosts(), host -> host);
    put(json, "brings", envelope.fourthParties(), other -> other);
    if (envelope.cookies() != null) {
      JsonObject cookies = new JsonObject();
      envelope.cookies().forEach((name, life) -> cookies.put(name, Lifetime.text(life)));
      json.put("cookies", cookies);
    }
    put(json, "consent", envelope.consents(), EnvelopeJson::word);
    put(json, "pages", envelope.pages(), page -> page);
    if (envelope.mostBytes() != null) json.put("bytes", envelope.mostBytes());
    if (envelope.mostRequests() != null) json.put("requests", envelope.mostRequests());
    put(json, "behaviours", envelope.behaviours(), Behaviour::word);
    return json;
  }

  /** Reads one; a {@link Refusal} names the key that is wrong. */
  public static Envelope read(JsonObject json) {
    for (String key : json.fieldNames()) {
      if (!KEYS.contains(key)) {
        throw Refusal.invalid(
            key, "An envelope knows no \"" + key + "\"; it knows " + String.join(", ", KEYS) + ".");
      }
    }
    return new Envelope(
        set(json, "hosts", text -> text),
        set(json, "brings", text -> text),
        cookies(json),
        set(json, "consent", EnvelopeJson::consent),
        list(json, "pages"),
        number(json, "bytes"),
        requests(json),
        set(json, "behaviours", EnvelopeJson::behaviour));
  }

  /** As policies write it. */
  public static String word(ConsentState choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  private static <T> void put(
      JsonObject json, String key, @Nullable Collection<T> values, Function<T, String> text) {
    if (values != null) json.put(key, new JsonArray(values.stream().map(text).toList()));
  }

  private static @Nullable Map<String, Duration> cookies(JsonObject json) {
    if (!json.containsKey("cookies")) return null;
    if (!(json.getValue("cookies") instanceof JsonObject written)) {
      throw Refusal.invalid("cookies", "Cookies are written as name: lifetime, one a line.");
    }
    Map<String, Duration> cookies = new LinkedHashMap<>();
    for (Map.Entry<String, Object> cookie : written) {
      cookies.put(cookie.getKey(), lifetime(String.valueOf(cookie.getValue())));
    }
    return cookies;
  }

  private static Duration lifetime(String text) {
    try {
      return Lifetime.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("cookies", String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable List<String> list(JsonObject json, String key) {
    if (!json.containsKey(key)) return null;
    if (!(json.getValue(key) instanceof JsonArray entries)) {
      throw Refusal.invalid(key, "\"" + key + "\" is a list.");
    }
    return entries.stream().map(String::valueOf).toList();
  }

  private static <T> @Nullable Set<T> set(JsonObject json, String key, Function<String, T> read) {
    List<String> entries = list(json, key);
    if (entries == null) return null;
    Set<T> values = new LinkedHashSet<>();
    for (String entry : entries) values.add(read.apply(entry));
    return values;
  }

  private static @Nullable Integer requests(JsonObject json) {
    Long number = number(json, "requests");
    if (number == null) return null;
    if (number > Integer.MAX_VALUE) throw Refusal.invalid("requests", "That is too many.");
    return number.intValue();
  }

  private static @Nullable Long number(JsonObject json, String key) {
    if (!json.containsKey(key)) return null;
    Object value = json.getValue(key);
    if (value instanceof Integer || value instanceof Long) return ((Number) value).longValue();
    throw Refusal.invalid(key, "\"" + key + "\" is a whole number.");
  }

  private static ConsentState consent(String text) {
    for (ConsentState state : ConsentState.values()) {
      if (word(state).equalsIgnoreCase(text.strip())) return state;
    }
    throw Refusal.invalid(
        "consent", "\"" + text + "\" is no choice: write none, accept, reject or gpc.");
  }

  private static Behaviour behaviour(String text) {
    for (Behaviour one : Behaviour.values()) {
      if (one.word().equalsIgnoreCase(text.strip())) return one;
    }
    throw Refusal.invalid(
        "behaviours",
        "\"" + text + "\" is no behaviour: write form_reading, fingerprinting, storage or device.");
  }
}
