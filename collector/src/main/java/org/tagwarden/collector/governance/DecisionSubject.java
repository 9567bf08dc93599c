package org.tagwarden.collector.governance;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tagwarden.collector.Refusal;
import org.tagwarden.collector.governance.rules.Subject;

/** What is decided about: a tag with all of its scripts, or one script by its hash. */
public record DecisionSubject(@Nullable String tagKey, @Nullable String scriptSha256) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public DecisionSubject {
    if ((tagKey == null) == (scriptSha256 == null)) {
      throw Refusal.invalid("subject", "A decision is about a tag or about a script.");
    }
    if (tagKey != null && tagKey.isBlank()) {
      throw Refusal.invalid("tag", "The tag's key is blank.");
    }
    if (scriptSha256 != null && !SHA256.matcher(scriptSha256).matches()) {
      throw Refusal.invalid("script", "A script is named by the 64 hex digits of its SHA-256.");
    }
  }

  public static DecisionSubject tag(String key) {
    return new DecisionSubject(key, null);
  }

  public static DecisionSubject script(String sha256) {
    return new DecisionSubject(null, sha256.toLowerCase(Locale.ROOT));
  }

  /** In the authorizations' terms. */
  Subject subject() {
    if (tagKey != null) return Subject.ofTag(tagKey);
    return Subject.script(String.valueOf(scriptSha256));
  }

  /** For people and for the audit trail. */
  public String label() {
    return tagKey != null ? "tag " + tagKey : "script " + scriptSha256;
  }
}
