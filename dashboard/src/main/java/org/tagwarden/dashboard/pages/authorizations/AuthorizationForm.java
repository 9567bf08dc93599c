package org.tagwarden.dashboard.pages.authorizations;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.governance.AuthorizationJson;
import org.tagwarden.collector.governance.EnvelopeJson;
import org.tagwarden.collector.governance.rules.Authorization;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.dashboard.view.Labels;
import org.tagwarden.dashboard.web.Request;

/** An authorization as the fields of a form, in the words of policies. */
public record AuthorizationForm(Map<String, String> values) {
  /** Key of the values under which the form says what it was filled in from. */
  public static final String FILLED = "~filled";

  /** What an empty list is written as: an empty field limits nothing. */
  private static final String NOTHING = "nothing";

  /** Fields of an envelope, by the keys of policies. */
  private static final Map<String, String> LIMITS = limits();

  private static final List<String> PLAIN =
      List.of("verdict", "reason", "justification", "owner", "deputy", "expires", "review");

  /** What it is about, where, and what the form itself needs to know. */
  private static final List<String> OTHERS =
      List.of(
          "client", "site", "pages", "kind", "subject", "version", "shown", "request", "answer");

  public static final Map<String, String> KINDS = kinds();
  public static final Map<String, String> REASONS =
      Labels.of("", "Not said", "business", "Business", "technical", "Technical");
  public static final Map<String, String> VERDICTS =
      Labels.of("approved", "Approved", "refused", "Refused", "pending", "Pending");
  public static final Map<String, String> PAGES =
      Labels.of("all", "All pages", "payment", "Payment pages");

  public AuthorizationForm {
    values = Map.copyOf(values);
  }

  private static Map<String, String> limits() {
    Map<String, String> limits = new LinkedHashMap<>();
    for (String key : EnvelopeJson.KEYS) limits.put(key, key.equals("pages") ? "limitPages" : key);
    return limits;
  }

  private static Map<String, String> kinds() {
    return Labels.of(
        "vendor", "Vendor: everything of a company",
        "product", "Product: a tag of the inventory",
        "host", "Host: static.vendor.example or *.vendor.example",
        "url", "URL pattern: cdn.vendor.example/widgets/*",
        "script", "One exact script, by its SHA-256");
  }

  /** As it was sent. */
  public static AuthorizationForm of(Request request) {
    Map<String, String> values = new HashMap<>();
    for (String field : PLAIN) values.put(field, request.text(field));
    for (String field : LIMITS.values()) values.put(field, request.text(field));
    for (String field : OTHERS) values.put(field, request.text(field));
    return new AuthorizationForm(values);
  }

  /** With what a draft says. */
  public static AuthorizationForm of(AuthorizationDraft draft, int version) {
    Map<String, String> values = new HashMap<>(of(draft.envelope()));
    values.put("client", String.valueOf(draft.scope().clientId()));
    Integer site = draft.scope().siteId();
    values.put("site", site == null ? "" : String.valueOf(site));
    values.put("pages", draft.scope().pages().word());
    values.put("kind", draft.subject().kind().word());
    values.put("subject", draft.subject().value());
    values.put("verdict", draft.verdict().word());
    values.put("reason", draft.reason() == null ? "" : draft.reason().word());
    values.put("justification", draft.justification());
    values.put("owner", draft.keepers().owner());
    values.put("deputy", draft.keepers().deputy());
    values.put("expires", text(draft.term().expires()));
    values.put("review", text(draft.term().review()));
    values.put("version", String.valueOf(version));
    return new AuthorizationForm(values);
  }

  /** The fields of an envelope alone. */
  public static Map<String, String> of(Envelope envelope) {
    JsonObject json = EnvelopeJson.write(envelope);
    Map<String, String> values = new HashMap<>();
    LIMITS.forEach((key, field) -> values.put(field, written(json.getValue(key))));
    return values;
  }

  private static String written(@Nullable Object value) {
    if (value == null) return "";
    List<String> entries = new ArrayList<>();
    if (value instanceof JsonArray array) array.forEach(one -> entries.add(String.valueOf(one)));
    else if (value instanceof JsonObject object) {
      for (Map.Entry<String, Object> one : object)
        entries.add(one.getKey() + ": " + one.getValue());
    } else return String.valueOf(value);
    return entries.isEmpty() ? NOTHING : String.join("\n", entries);
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /** Likewise, with another value. */
  AuthorizationForm with(String field, String value) {
    Map<String, String> changed = new HashMap<>(values);
    changed.put(field, value);
    return new AuthorizationForm(changed);
  }

  /** The same terms for what a stored one is about, whatever was sent. */
  AuthorizationForm about(Authorization stored) {
    Map<String, String> changed = new HashMap<>(values);
    Map<String, String> its = of(AuthorizationDraft.of(stored), stored.version()).values();
    for (String field : List.of("client", "site", "pages", "kind", "subject")) {
      changed.put(field, its.getOrDefault(field, ""));
    }
    return new AuthorizationForm(changed);
  }

  /** What it is about and where, in a line. */
  public String place() {
    return String.join(
        " ",
        value("kind"),
        value("site"),
        value("pages"),
        value("subject").toLowerCase(Locale.ROOT));
  }

  /** Whether people saw what this matches. */
  boolean wasShown() {
    return value("shown").equals(place());
  }

  /** The request that it answers; 0 for none. */
  int request() {
    String text = value("request");
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }

  /** Whether any limit is set. */
  public boolean limited() {
    return LIMITS.values().stream().anyMatch(field -> !value(field).isEmpty());
  }

  /** The version on which it is based; null when the form does not say. */
  public @Nullable Integer version() {
    String text = value("version");
    return text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
  }

  /** What it says; a {@link Refusal} names the field that is wrong. */
  public AuthorizationDraft draft(int clientId, @Nullable Integer siteId) {
    JsonObject json = new JsonObject();
    if (!value("pages").isEmpty()) json.put("pages", value("pages"));
    for (String field : PLAIN) if (!value(field).isEmpty()) json.put(field, value(field));
    String kind = value("kind");
    if (!KINDS.containsKey(kind)) throw Refusal.invalid("kind", "Choose what it is about.");
    json.put(kind, value("subject"));
    JsonObject envelope = envelope();
    if (!envelope.isEmpty()) json.put("envelope", envelope);
    try {
      return AuthorizationJson.read(json, clientId, siteId);
    } catch (Refusal refusal) {
      throw Refusal.invalid(field(refusal.field()), refusal.sentence());
    }
  }

  private static String field(@Nullable String key) {
    for (Subject.Kind kind : Subject.Kind.values()) {
      if (kind.word().equals(key)) return "subject";
    }
    if (key == null) return "";
    if (!key.startsWith(AuthorizationJson.ENVELOPE)) return key;
    return LIMITS.getOrDefault(key.substring(AuthorizationJson.ENVELOPE.length()), key);
  }

  private JsonObject envelope() {
    JsonObject envelope = new JsonObject();
    LIMITS.forEach(
        (key, field) -> {
          String text = value(field);
          if (text.isEmpty()) return;
          if (key.equals("bytes") || key.equals("requests")) envelope.put(key, number(field, text));
          else if (key.equals("cookies")) envelope.put(key, cookies(text));
          else envelope.put(key, new JsonArray(entries(text)));
        });
    return envelope;
  }

  private static long number(String field, String text) {
    if (text.matches("\\d{1,15}")) return Long.parseLong(text);
    throw Refusal.invalid(field, "Write a whole number, or nothing at all for no limit.");
  }

  private static JsonObject cookies(String text) {
    JsonObject cookies = new JsonObject();
    for (String entry : entries(text)) {
      int colon = entry.lastIndexOf(':');
      if (colon < 1) throw Refusal.invalid("cookies", "Write name: 365d, one a line.");
      cookies.put(entry.substring(0, colon).strip(), entry.substring(colon + 1).strip());
    }
    return cookies;
  }

  private static List<String> entries(String text) {
    List<String> entries = new ArrayList<>();
    for (String entry : text.split("[\\r\\n,;]+")) {
      if (!entry.isBlank() && !entry.strip().equals(NOTHING)) entries.add(entry.strip());
    }
    return entries;
  }
}
