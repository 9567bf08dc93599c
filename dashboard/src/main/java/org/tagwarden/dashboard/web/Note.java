package org.tagwarden.dashboard.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** One sentence that is shown once after a form was sent. Travels in a short-lived cookie. */
public record Note(String tone, String sentence) {
  static final String COOKIE = "tagwarden_note";

  String encoded() {
    byte[] bytes = (tone + "\n" + sentence).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static @Nullable Note decoded(String cookie) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8);
      int end = text.indexOf('\n');
      if (end < 0) return null;
      return new Note(text.startsWith("bad") ? "bad" : "good", text.substring(end + 1));
    } catch (IllegalArgumentException e) {
      return null; // not a note of ours
    }
  }
}
