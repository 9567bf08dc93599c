package org.tagwarden.collector.governance;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.governance.rules.Authorization.Keepers;
import org.tagwarden.collector.governance.rules.Authorization.Term;
import org.tagwarden.collector.governance.rules.AuthorizationDraft;
import org.tagwarden.collector.governance.rules.Envelope;
import org.tagwarden.collector.governance.rules.Justification;
import org.tagwarden.collector.governance.rules.Scope;
import org.tagwarden.collector.governance.rules.Subject;
import org.tagwarden.collector.governance.rules.Verdict;

/**
 * An authorization as the history, the API and policies write it. Sites are named by the caller:
 * their names change, and two clients may have one of the same name.
 */
public final class AuthorizationJson {
  /** Its keys beside the subject's, in the order in which they are written. */
  public static final List<String> KEYS =
      List.of(
          "site",
          "pages",
          "verdict",
          "reason",
          "justification",
          "owner",
          "deputy",
          "expires",
          "review",
          "envelope");

  /** What stands before the envelope's keys where a key is named. */
  public static final String ENVELOPE = "envelope.";

  private AuthorizationJson() {}

  /**
   * What a draft says; what it does not limit is left out.
   *
   * @param site the site's name; null for every site of the client
   */
  public static JsonObject write(AuthorizationDraft draft, @Nullable String site) {
    JsonObject json = new JsonObject();
    if (site != null) json.put("site", site);
    if (draft.scope().pages() != Scope.Pages.ALL) json.put("pages", draft.scope().pages().word());
    json.put(draft.subject().kind().word(), draft.subject().value());
    json.put("verdict", draft.verdict().word());
    if (draft.reason() != null) json.put("reason", draft.reason().word());
    json.put("justification", draft.justification());
    if (!draft.keepers().owner().isEmpty()) json.put("owner", draft.keepers().owner());
    if (!draft.keepers().deputy().isEmpty()) json.put("deputy", draft.keepers().deputy());
    if (draft.term().expires() != null) json.put("expires", draft.term().expires().toString());
    if (draft.term().review() != null) json.put("review", draft.term().review().toString());
    if (!draft.envelope().isOpen()) json.put("envelope", EnvelopeJson.write(draft.envelope()));
    return json;
  }

  /**
   * Reads one; a {@link Refusal} names the key that is wrong.
   *
   * @param siteId what {@code site} names, as the caller looked it up; null when it is missing
   */
  public static AuthorizationDraft read(JsonObject json, int clientId, @Nullable Integer siteId) {
    for (String key : json.fieldNames()) {
      if (!KEYS.contains(key) && kind(key) == null) throw unknown(key);
    }
    String pages = text(json, "pages");
    String verdict = text(json, "verdict");
    if (verdict.isEmpty()) throw Refusal.invalid("verdict", "It needs a verdict.");
    String reason = text(json, "reason");
    String justification = text(json, "justification");
    if (justification.isEmpty()) {
      throw Refusal.invalid("justification", "It needs a justification: write down why.");
    }
    return new AuthorizationDraft(
        new Scope(clientId, siteId, pages.isEmpty() ? Scope.Pages.ALL : Scope.Pages.of(pages)),
        subject(json),
        Verdict.of(verdict),
        reason.isEmpty() ? null : Justification.Kind.of(reason),
        justification,
        new Keepers(text(json, "owner"), text(json, "deputy")),
        new Term(day(json, "expires"), day(json, "review")),
        envelope(json));
  }

  /** The keys that name a subject. */
  static List<String> subjectKeys() {
    List<String> keys = new ArrayList<>();
    for (Subject.Kind kind : Subject.Kind.values()) keys.add(kind.word());
    return keys;
  }

  private static Refusal unknown(String key) {
    return Refusal.invalid(
        key,
        "An authorization knows no \""
            + key
            + "\"; it knows "
            + String.join(", ", subjectKeys())
            + " and "
            + String.join(", ", KEYS)
            + ".");
  }

  private static Subject subject(JsonObject json) {
    Subject subject = null;
    for (Subject.Kind kind : Subject.Kind.values()) {
      if (!json.containsKey(kind.word())) continue;
      if (subject != null) {
        throw Refusal.invalid(
            kind.word(), "It is about one thing: " + subject.kind().word() + " is there already.");
      }
      try {
        subject = new Subject(kind, text(json, kind.word()));
      } catch (Refusal refusal) {
        throw Refusal.invalid(kind.word(), refusal.sentence());
      }
    }
    if (subject != null) return subject;
    throw Refusal.invalid(
        "subject", "It needs what it is about: one of " + String.join(", ", subjectKeys()) + ".");
  }

  private static Subject.@Nullable Kind kind(String key) {
    for (Subject.Kind kind : Subject.Kind.values()) if (kind.word().equals(key)) return kind;
    return null;
  }

  private static Envelope envelope(JsonObject json) {
    if (!json.containsKey("envelope")) return Envelope.OPEN;
    if (json.getValue("envelope") instanceof JsonObject written) return limits(written);
    throw Refusal.invalid("envelope", "An envelope has keys, one a line.");
  }

  /** "pages" is a key of both: what is wrong is said to be the envelope's. */
  private static Envelope limits(JsonObject written) {
    try {
      return EnvelopeJson.read(written);
    } catch (Refusal refusal) {
      throw Refusal.invalid(ENVELOPE + refusal.field(), refusal.sentence());
    }
  }

  private static String text(JsonObject json, String key) {
    Object value = json.getValue(key);
    if (value == null) return "";
    if (value instanceof String text) return text.strip();
    throw Refusal.invalid(key, "\"" + key + "\" is a text.");
  }

  private static @Nullable LocalDate day(JsonObject json, String key) {
    String text = text(json, key);
    return text.isEmpty() ? null : day(key, text);
  }

  /** Reads a day as people write it in forms and policies. */
  public static LocalDate day(String key, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw Refusal.invalid(key, "\"" + text + "\" is no day: write it like 2026-12-31.");
    }
  }
}
