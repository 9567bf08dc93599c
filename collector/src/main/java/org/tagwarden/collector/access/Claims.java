package org.tagwarden.collector.access;

import com.google.common.base.CharMatcher;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tagwarden.collector.Refusal;

/**
 * What a sign-in server says about somebody, checked.
 *
 * @param subject never changes, whatever happens to name and address
 * @param verified whether the sign-in server vouches for the address
 */
record Claims(
    String issuer,
    String subject,
    String email,
    boolean verified,
    String name,
    List<String> groups) {

  private static final int LONGEST_NAME = 100;

  Claims {
    groups = List.copyOf(groups);
  }

  /** Reads the claims of an ID token whose signature, issuer and audience were checked. */
  static Claims of(JsonObject token, String groupsClaim) {
    String subject = text(token, "sub");
    String email = text(token, "email").toLowerCase(Locale.ROOT);
    if (subject.isEmpty() || email.isEmpty()) {
      throw Refusal.of(
          Refusal.Kind.FORBIDDEN,
          "The sign-in server did not tell your e-mail address: it has to release the claim"
              + " \"email\" to Tagwarden.");
    }
    String name = text(token, "name");
    return new Claims(
        text(token, "iss"),
        subject,
        email,
        Boolean.TRUE.equals(token.getValue("email_verified")),
        shortened(name.isEmpty() ? email : name),
        groups(token.getValue(groupsClaim)));
  }

  private static String text(JsonObject token, String name) {
    return token.getValue(name) instanceof String text ? text.strip() : "";
  }

  private static String shortened(String name) {
    String line = CharMatcher.javaIsoControl().replaceFrom(name, ' ').strip();
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME);
  }

  private static List<String> groups(Object value) {
    List<String> groups = new ArrayList<>();
    if (value instanceof String one) groups.add(one);
    if (value instanceof JsonArray several) {
      for (Object group : several) if (group instanceof String text) groups.add(text);
    }
    return groups;
  }
}
